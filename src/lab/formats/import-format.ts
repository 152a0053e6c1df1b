/**
 * @file What reads a foreign file: one entry of a table, so that a new format is one file and one line.
 */
import type { IfReset } from '../../nir/import/neuron-parts.ts';
import type { MapShape } from '../../nn/map-shape.ts';
import type { Normalisation } from '../../onnx/import/normalisation.ts';
import type { ImportedNode } from '../../onnx/import/report.ts';
import type { OwnFile } from './export-format.ts';

/** What a caller says about a file that it may leave open. */
export interface ImportRequest {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly normalisation: Normalisation | null;
  /** The images, [height, width, channels]; null: as the file says. */
  readonly input: MapShape | null;
  readonly settings: ImportSettings;
}

/** What only some formats look at; null: not said. */
export interface ImportSettings {
  /** The description of the network, a path. */
  readonly model: string | null;
  /** Weights of PyTorch, a path. */
  readonly stateDict: string | null;
  /** The threshold of activations whose threshold is not in the file. */
  readonly theta: number | null;
  /** What NIR's IF means. */
  readonly ifReset: IfReset | null;
}

/** Nothing said. */
export const NO_SETTINGS: ImportSettings = { model: null, stateDict: null, theta: null, ifReset: null };

/** What a file became. */
export interface ImportedFile {
  readonly made: OwnFile;
  /** Every node of the file, in its order. */
  readonly nodes: readonly ImportedNode[];
  /** Lines about the whole file: who wrote it, how images are normalised. */
  readonly facts: readonly string[];
}

export interface ImportFormat {
  readonly name: string;
  /** For the help: 'an ONNX file (.onnx)'. */
  readonly says: string;
  /** Ending of the file that is made, with the dot. Default: .safetensors. */
  readonly ending?: string;
  /** What of the request it looks at. */
  readonly settings: readonly ('input' | keyof ImportSettings)[];
  /** Of the names of its files. */
  readonly endings: RegExp;
  /** Whether a file whose name says nothing begins as its files do; absent where they begin in many ways. */
  begins?(bytes: Uint8Array<ArrayBuffer>): boolean;
  read(request: ImportRequest): Promise<ImportedFile>;
  /** Compares with the program that files of this format are made for; absent where there is none. */
  check?(request: ImportRequest, file: ImportedFile, seed: number): Promise<ImportCheck>;
}

/** A comparison on drawn images. */
export interface ImportCheck {
  /** 'onnxruntime-node 1.20.1' */
  readonly reference: string;
  readonly images: number;
  /** The largest difference of two logits, in units of the largest logit where that is above 1. */
  readonly worst: number;
  readonly bound: number;
  readonly holds: boolean;
}
