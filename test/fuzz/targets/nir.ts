import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { InputError } from '../../../src/errors.ts';
import { SOURCE_FOLDER } from '../../support/source-folder.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import type { NirAnswer } from '../nir-thread.ts';
import { Fault, type FuzzTarget, target } from '../target.ts';

const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../nir-thread.ts' : '../nir-thread.js',
  import.meta.url,
);
const SAMPLE = await readFile(new URL('../test/nir/files/full.nir', SOURCE_FOLDER));
/** Milliseconds, in which the package is loaded too. */
const PATIENCE = 20_000;

let thread: Worker | null = null;

function open(): Worker {
  const worker = new Worker(THREAD);
  worker.unref();
  return worker;
}

/** The answer of the thread; null: it was stopped, for the HDF5 library did not come back. */
function ask(bytes: Uint8Array): Promise<NirAnswer | null> {
  thread ??= open();
  const worker = thread;
  return new Promise((answered, failed) => {
    const timer = setTimeout(() => {
      thread = null;
      void worker.terminate();
      done(() => answered(null));
    }, PATIENCE);
    const done = (go: () => void): void => {
      clearTimeout(timer);
      worker.removeAllListeners('message');
      worker.removeAllListeners('error');
      go();
    };
    worker.on('message', (answer: NirAnswer) => done(() => answered(answer)));
    worker.on('error', (error) => done(() => failed(error)));
    worker.postMessage(bytes);
  });
}

export const nir: FuzzTarget = target({
  name: 'nir',
  says: 'NIR files, in a thread: what the HDF5 library never answers is stopped after 20 s and counts as refused',
  weight: 0.1,
  inputs: nearlyBytes(SAMPLE),
  async read(bytes: Uint8Array) {
    const answer = await ask(bytes);
    if (answer === null) throw new InputError('x.nir: stopped after 20 s');
    if ('fault' in answer) throw new Fault(answer.fault);
    if (answer.refused !== null) throw new InputError(answer.refused);
  },
});
