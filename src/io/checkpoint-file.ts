/** @file Checkpoint files as they lie on the disk: tensors and texts. `saved-checkpoint.ts` knows what they mean. */
import { type CheckpointFile, decodeCheckpoint, encodeCheckpoint } from '../format/checkpoint-format.ts';
import { readBytes } from './files.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * Writes a checkpoint; the file that was there stays whole until the new one is, and what could not be read again is not written.
 * @throws InputError when it cannot be written, or holds NaN or an infinity
 */
export async function writeCheckpointFile(path: string, checkpoint: CheckpointFile): Promise<void> {
  const bytes = encodeCheckpoint(checkpoint);
  decodeCheckpoint(bytes, path);
  await writeAtomic(path, bytes);
}

/** @throws InputError when the file is missing or damaged */
export async function readCheckpointFile(path: string): Promise<CheckpointFile> {
  return decodeCheckpoint(await readBytes(path), path);
}
