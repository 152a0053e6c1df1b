/** @file Checkpoints on disk. */
import { type CheckpointFile, decodeCheckpoint, encodeCheckpoint } from '../format/checkpoint-format.ts';
import { readBytes } from './files.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * Writes a checkpoint; the file that was there stays whole until the new one is, and what could not be read again is not written.
 * @throws InputError when it cannot be written, or holds NaN or an infinity
 * @example
 * const tensors = new Map([['w', { shape: [2], data: Float32Array.of(1, 2) }]]);
 * await saveCheckpoint(`${folder}/w.safetensors`, { tensors, metadata: {} });
 */
export async function saveCheckpoint(path: string, checkpoint: CheckpointFile): Promise<void> {
  const bytes = encodeCheckpoint(checkpoint);
  decodeCheckpoint(bytes, path);
  await writeAtomic(path, bytes);
}

/**
 * Reads a checkpoint.
 * @throws InputError when the file is missing or damaged
 * @example
 * await saveCheckpoint(`${folder}/run.safetensors`, { tensors: new Map(), metadata: { step: '7' } });
 * (await loadCheckpoint(`${folder}/run.safetensors`)).metadata.step; // '7'
 */
export async function loadCheckpoint(path: string): Promise<CheckpointFile> {
  return decodeCheckpoint(await readBytes(path), path);
}
