/** @file Checkpoints on disk. */
import { type CheckpointFile, decodeCheckpoint, encodeCheckpoint } from '../format/checkpoint-format.ts';
import { readBytes } from './files.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * Writes a checkpoint; the file that was there stays whole until the new one is.
 * @throws InputError when it cannot be written
 */
export async function saveCheckpoint(path: string, checkpoint: CheckpointFile): Promise<void> {
  await writeAtomic(path, encodeCheckpoint(checkpoint));
}

/**
 * Reads a checkpoint.
 * @throws InputError when the file is missing or damaged
 */
export async function loadCheckpoint(path: string): Promise<CheckpointFile> {
  return decodeCheckpoint(await readBytes(path), path);
}
