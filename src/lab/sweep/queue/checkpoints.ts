/** @file The checkpoint of a training that runs, in the store too: as often as a new one is written, and when the training is stopped. */
import { stat } from 'node:fs/promises';
import { isFile, readBytes } from '../../../io/files.ts';
import type { Store } from '../stores/store.ts';

export interface KeptCheckpoint {
  /** Waits for the last one; resolves when the store has it. */
  end(): Promise<void>;
}

/** A checkpoint is replaced as a whole, so whenever it is read it is one. */
const LOOK_MS = 1000;

/** @param failed told when the store does not take one: the training goes on, and the next is tried */
export function keepCheckpoint(
  path: string,
  store: Store,
  name: string,
  failed: (error: unknown) => void,
): KeptCheckpoint {
  let known = 0;
  let writing: Promise<void> | null = null;
  const keep = async (): Promise<void> => {
    const changed = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (changed === known || !(await isFile(path))) return;
    await store.put(name, await readBytes(path));
    known = changed;
  };
  const timer = setInterval(() => {
    writing ??= keep()
      .catch(failed)
      .finally(() => {
        writing = null;
      });
  }, LOOK_MS);
  return {
    async end() {
      clearInterval(timer);
      await writing;
      await keep();
    },
  };
}
