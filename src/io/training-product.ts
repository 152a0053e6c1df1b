/**
 * @file What an hour of training left in a file: a network that `train` made, or the checkpoint of an unfinished run. Such a file is not
 * lightly replaced. Only the beginning of a file is looked at.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { CHECKPOINT_FORMAT, MODEL_FORMAT } from '../format/format-names.ts';

export interface TrainingProduct {
  readonly kind: 'trained network' | 'checkpoint';
  /** Of a network: the run that made it. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** Headers of files of ours are far shorter. */
const LONGEST_HEADER = 2 ** 24;

/** Null for a file that holds no such thing, that is damaged, or that does not exist. */
export function trainingProductIn(path: string): TrainingProduct | null {
  const metadata = readMetadata(path);
  if (metadata?.format === CHECKPOINT_FORMAT) return { kind: 'checkpoint', provenance: {} };
  if (metadata?.format !== MODEL_FORMAT) return null;
  const provenance = parse(metadata.provenance);
  // what was converted from another framework in seconds has no epochs
  return typeof provenance?.epochs === 'number' ? { kind: 'trained network', provenance } : null;
}

function readMetadata(path: string): Record<string, unknown> | null {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const length = new Uint8Array(8);
    if (readSync(file, length, 0, 8, 0) < 8) return null;
    const stated = Number(new DataView(length.buffer).getBigUint64(0, true));
    if (stated > LONGEST_HEADER) return null;
    const header = new Uint8Array(stated);
    if (readSync(file, header, 0, stated, 8) < stated) return null;
    return parse(parse(new TextDecoder().decode(header))?.__metadata__);
  } catch {
    return null;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function parse(value: unknown): Record<string, unknown> | null {
  try {
    const found: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
