/**
 * @file A checkpoint of training as a safetensors file: float tensors by name, all else as texts in the metadata.
 */

import { InputError } from '../errors.ts';
import { CHECKPOINT_FORMAT } from './format-names.ts';
import { checkFormat, FORMAT_VERSION } from './network-tensors.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.ts';

/** One tensor: as many values as its shape says. */
export interface CheckpointTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBufferLike>;
}

/** All that a checkpoint holds: tensors by name, everything else as text by key. */
export interface CheckpointFile {
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a checkpoint's file. */
export function encodeCheckpoint(checkpoint: CheckpointFile): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of checkpoint.tensors) tensors.set(name, { dtype: 'F32', ...tensor });
  const metadata = { ...checkpoint.metadata, format: CHECKPOINT_FORMAT, format_version: FORMAT_VERSION };
  return encodeSafetensors({ tensors, metadata });
}

/**
 * A checkpoint from the bytes of its file.
 * @param source the file's name, for errors
 * @throws InputError when it is no checkpoint, or a tensor holds NaN or an infinity
 */
export function decodeCheckpoint(bytes: Uint8Array<ArrayBufferLike>, source: string): CheckpointFile {
  const file = decodeSafetensors(bytes, source);
  checkFormat(file, CHECKPOINT_FORMAT, [FORMAT_VERSION], source);
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, { shape, data, dtype }] of file.tensors) {
    if (!(data instanceof Float32Array))
      throw new InputError(`${source}: tensor ${name} should be F32, found ${dtype}`);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new InputError(`${source}: tensor ${name} holds ${data[bad]} at ${bad}`);
    tensors.set(name, { shape, data });
  }
  const { format: _, format_version: __, ...metadata } = file.metadata;
  return { tensors, metadata };
}
