/**
 * @file What writes a foreign file: one entry of a table, so that a new format is one file and one line.
 */
import type { ProductKind } from '../../io/product-file.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../../snn/network.ts';

/** What a file of ours holds. */
export type OwnFile =
  | { readonly kind: 'model'; readonly network: TrainedNetwork }
  | { readonly kind: 'snn'; readonly snn: SpikingNetwork };

export interface ExportSettings {
  /** Batch norms folded into the weights before them. */
  readonly folded: boolean;
  /** Levels of every activation; null: as trained. */
  readonly levels: number | null;
}

export interface ExportFormat {
  /** As --to names it. */
  readonly name: string;
  /** For the help: 'a model as an ONNX file'. */
  readonly says: string;
  /** Ending of its files, with the dot. */
  readonly ending: string;
  /** What may lie where its file goes, and is replaced: an earlier export. */
  readonly replaces: readonly ProductKind[];
  /** What is replaced only at a place that was asked for: it may be the file of another program. */
  readonly replacesAsked?: readonly ProductKind[];
  /** The settings that it looks at. */
  readonly settings: readonly (keyof ExportSettings)[];
  /**
   * The bytes of the file, and lines about it.
   * @throws InputError for a file of ours that the format cannot hold
   */
  write(file: OwnFile, settings: ExportSettings, source: string): Promise<Written>;
}

export interface Written {
  readonly bytes: Uint8Array<ArrayBufferLike>;
  readonly facts: readonly string[];
}
