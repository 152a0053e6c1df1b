/** @file A thread that uses a folder again and again, with its own file in it, and tells what the first refusal said. */
import { rmSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { checkOutput } from '../../src/io/check-output.ts';
import { lockFile } from '../../src/io/file-lock.ts';
import { makeFolder } from '../../src/io/require-folder.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';

/** Each leaves the folder as missing as it found it, if no other thread has a file there. */
const USES: Readonly<Record<string, (path: string) => Promise<void>>> = {
  check: async (path) => checkOutput(path),
  lock: async (path) => (await lockFile(path)).release(),
  write: async (path) => {
    await writeAtomic(path, 'x');
    rmSync(path);
  },
  folder: async (path) => {
    await makeFolder(dirname(path));
    await rmdir(dirname(path)).catch(() => undefined);
  },
};

const { use, path, times } = workerData as {
  readonly use: string;
  readonly path: string;
  readonly times: number;
};
let refusal: string | null = null;
for (let i = 0; i < times && refusal === null; i++)
  try {
    await USES[use]!(path);
  } catch (error) {
    refusal = (error as Error).message;
  }
parentPort!.postMessage(refusal);
