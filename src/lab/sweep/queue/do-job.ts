/** @file One job of a queue on this machine: what it takes comes from the store, what it makes goes there, its result last. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../../errors.ts';
import { lockFile } from '../../../io/file-lock.ts';
import { isFile, readBytes } from '../../../io/files.ts';
import { makeFolder } from '../../../io/require-folder.ts';
import { writeAtomic } from '../../../io/write-atomic.ts';
import { checkpointPath } from '../../training/saved-run.ts';
import { madeFile, resultFile } from '../job-files.ts';
import { type RunJobRequest, runJob } from '../run-jobs.ts';
import type { Store } from '../stores/store.ts';
import { keepCheckpoint } from './checkpoints.ts';
import { bringInputs } from './inputs.ts';
import { type QueuedJob, storedCheckpoint, storedNetwork, storedResult } from './queued-job.ts';

export interface DoJobRequest extends Omit<RunJobRequest, 'folder' | 'signal'> {
  readonly store: Store;
  /** Where jobs have their folders. */
  readonly folder: string;
  /** Stops the job; what a training has come to is in the store then. */
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** What the queue keeps of a job that is done. */
export interface DoneJob {
  readonly seconds: number;
  /** True: its result was there. */
  readonly earlier: boolean;
}

/** @throws Error with the job's last line, or InputError when the store lacks something or is full */
export async function doJob(queued: QueuedJob, request: DoJobRequest): Promise<DoneJob> {
  const { store, signal, tell } = request;
  const { key, job } = queued;
  if (await store.has(storedResult(key))) return { seconds: 0, earlier: true };
  const { folder, release } = await ownFolder(request.folder, key);
  try {
    await bringInputs(store, queued.inputs, join(request.folder, 'inputs'), folder);
    for (const { name, path } of queued.takes) await fetch(store, name, join(folder, path));
    const isTraining = job.command === 'train';
    const checkpoint = isTraining ? checkpointPath(madeFile(folder, job)) : null;
    if (checkpoint && !(await isFile(checkpoint)) && !(await isFile(resultFile(folder, job)))) {
      const bytes = await store.get(storedCheckpoint(key));
      if (bytes) await writeAtomic(checkpoint, bytes);
    }
    const failed = (error: unknown): void =>
      tell(`${job.stage}: a checkpoint is not in the store (${reasonOf(error)}); the training goes on`);
    const kept =
      checkpoint === null ? null : keepCheckpoint(checkpoint, store, storedCheckpoint(key), failed);
    const { state, seconds, earlier, error } = await runJob({ ...request, folder }, job);
    if (state !== 'done') {
      await kept?.end();
      if (signal.aborted) rmSync(folder, { recursive: true, force: true });
      throw new Error(signal.aborted ? 'stopped' : error);
    }
    await kept?.end().catch(() => {}); // the result is what counts now
    const made = madeFile(folder, job);
    if ((isTraining || job.command === 'convert') && (await isFile(made)))
      await store.put(storedNetwork(key), await readBytes(made));
    await store.put(storedResult(key), await readBytes(resultFile(folder, job)));
    if (isTraining) await store.remove(storedCheckpoint(key));
    rmSync(folder, { recursive: true, force: true });
    return { seconds, earlier };
  } finally {
    release();
  }
}

/** A folder by the job's key, so that what a try left serves the next one; another where a process of this machine is in it. */
async function ownFolder(parent: string, key: string): Promise<{ folder: string; release(): void }> {
  await makeFolder(parent);
  for (const folder of [join(parent, key), join(parent, `${key}-${process.pid}`)]) {
    const lock = await lockFile(folder).catch(() => null);
    if (!lock) continue;
    await makeFolder(folder);
    return { folder, release: () => lock.release() };
  }
  throw new InputError(`${join(parent, key)}: cannot be locked; choose another --dir`);
}

async function fetch(store: Store, name: string, path: string): Promise<void> {
  const bytes = await store.get(name);
  if (!bytes)
    throw new InputError(`${store.place}: expected ${name}, which an earlier job put there, found nothing`);
  // nobody else is in this folder, and another try fetches it again
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
