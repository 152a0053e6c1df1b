/** @file Checkpoints on disk. */
import { type CheckpointFile, decodeCheckpoint, encodeCheckpoint } from '../format/checkpoint-format.ts';
import { readBytes } from './files.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * Writes a checkpoint; the file that was there stays whole until the new one is.
 * @throws InputError when it cannot be written
 * @example
 * const tensors = new Map([['w', { shape: [2], data: Float32Array.of(1, 2) }]]);
 * await saveCheckpoint(`${folder}/w.safetensors`, { tensors, metadata: {} });
 */
export async function saveCheckpoint(path: string, checkpoint: CheckpointFile): Promise<void> {
  await writeAtomic(path, encodeCheckpoint(checkpoint));
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
