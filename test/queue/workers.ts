/** @file Worker processes for a test, and a study that is run over a queue. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { queueAddress } from '../../src/lab/sweep/queue/address.ts';
import { openQueue } from '../../src/lab/sweep/queue/open-queue.ts';
import { queueJobs } from '../../src/lab/sweep/queue/queue-jobs.ts';
import { storeId } from '../../src/lab/sweep/queue/store-id.ts';
import { startWorker } from '../../src/lab/sweep/queue/worker.ts';
import type { JobOutcome } from '../../src/lab/sweep/run-jobs.ts';
import { openStore } from '../../src/lab/sweep/stores/open-store.ts';
import { endWith } from '../support/end-with.ts';
import { TINY_FACTS, type TinyStudy } from '../support/tiny-study.ts';

export interface WorkerWords {
  readonly url: string;
  readonly store: string;
  readonly folder: string;
  readonly program: readonly [string, ...string[]];
  readonly lockSeconds: number;
}

const SUFFIX = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const MODULE = fileURLToPath(new URL(`./worker-process.${SUFFIX}`, import.meta.url));

/** Resolves when it waits for jobs. */
export async function workerProcess(words: WorkerWords): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MODULE, JSON.stringify(words)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWith(child);
  await once(child.stdout!, 'data');
  return child;
}

export async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** The same in this process. @returns ends it */
export async function workerHere(words: WorkerWords): Promise<() => Promise<void>> {
  const queue = await openQueue(queueAddress(words.url), 'worker');
  const store = await openStore(words.store);
  const worker = await startWorker({
    ...{ queue, store, folder: words.folder, program: words.program, lockSeconds: words.lockSeconds },
    here: { version: '1', bits: 'fused', storeId: () => storeId(store), facts: TINY_FACTS },
    within: { environment: process.env },
    ...{ processes: 1, rate: null, tell: () => {} },
  });
  return async () => {
    await worker.drain(0);
    await queue.close();
  };
}

/** The outcomes of a study over the queue. */
export async function overQueue(
  { jobs }: Pick<TinyStudy, 'jobs'>,
  { url, store: place, folder }: { readonly url: string; readonly store: string; readonly folder: string },
  onEnd?: (outcome: JobOutcome, ended: number) => void,
): Promise<JobOutcome[]> {
  const queue = await openQueue(queueAddress(url), 'sweep');
  try {
    const store = await openStore(place);
    const context = { version: '1', bits: 'fused', store, facts: TINY_FACTS } as const;
    const request = { queue, jobs, folder, context: { ...context, storeId: await storeId(store) } };
    return await queueJobs({ ...request, ...(onEnd && { onEnd }) });
  } finally {
    await queue.close();
  }
}
