/**
 * @file The jobs of a study on a queue: put there, followed, their results fetched from the store into the folder that a local run has
 * them in. What is asked for is looked up in Redis and in the store; events only say when to look.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { InputError } from '../../../errors.ts';
import { isFile } from '../../../io/files.ts';
import { writeAtomic } from '../../../io/write-atomic.ts';
import { resultFile } from '../job-files.ts';
import type { Job } from '../jobs.ts';
import type { JobOutcome } from '../run-jobs.ts';
import { flowOf, type JobTree } from './flows.ts';
import { JOBS, type OpenQueue } from './open-queue.ts';
import { keyOf, type QueueContext, queuedJob, storedResult } from './queued-job.ts';

export interface QueueJobsRequest {
  readonly queue: OpenQueue;
  readonly context: QueueContext;
  readonly jobs: readonly Job[];
  readonly folder: string;
  readonly onEnd?: (outcome: JobOutcome, ended: number) => void;
  /** Told once for every reason why workers leave jobs alone. */
  readonly onRefusal?: (line: string) => void;
  /** Ends the watching; the jobs stay in the queue. */
  readonly signal?: AbortSignal;
  /** Between looks at everything that is open, or longer where there is much to look at. Default: 2,000. */
  readonly lookMs?: number;
}

/** Jobs that are looked at, or flows that are added, at a time. */
const AT_ONCE = 100;

/** Looking at everything takes one part of the time in so many. */
const LOOK_SHARE = 20;

/** A job whose result is gone from the store again and again is given up. */
const MOST_REPEATS = 3;

/** @returns outcomes in the order of the jobs; after an abort only those that ended */
export async function queueJobs(request: QueueJobsRequest): Promise<JobOutcome[]> {
  const { queue, context, jobs, folder, onEnd, onRefusal, signal, lookMs = 2000 } = request;
  const { store, bits } = context;
  /** By the hash of their jobs. */
  const outcomes = new Map<string, JobOutcome>();
  const repeats = new Map<string, number>();
  const byKey = new Map(jobs.map((job) => [keyOf(job, bits), job]));
  const after = new Map<string, Job[]>();
  for (const job of jobs)
    if (job.parent) after.set(job.parent.id, [...(after.get(job.parent.id) ?? []), job]);

  const end = (job: Job, outcome: Omit<JobOutcome, 'job'>): void => {
    if (outcomes.has(job.id)) return;
    const whole = { job, ...outcome };
    outcomes.set(job.id, whole);
    onEnd?.(whole, outcomes.size);
    if (outcome.state !== 'done')
      for (const next of after.get(job.id) ?? [])
        end(next, { state: 'left out', earlier: false, seconds: 0, error: `${job.stage} is not there` });
  };
  /** Whether the store has its result; it then lies in the folder too. */
  const fetched = async (job: Job): Promise<boolean> => {
    const bytes = await store.get(storedResult(keyOf(job, bits)));
    if (bytes && !(await isFile(resultFile(folder, job)))) await writeAtomic(resultFile(folder, job), bytes);
    return bytes !== null;
  };
  const treeOf = async (job: Job): Promise<JobTree> => {
    const open = (after.get(job.id) ?? []).filter((next) => !outcomes.has(next.id));
    const trees: JobTree[] = [];
    for (const next of open) trees.push(await treeOf(next));
    return { queued: await queuedJob(job, context), after: trees };
  };
  const ready = (): Job[] =>
    jobs.filter(
      ({ id, parent }) => !outcomes.has(id) && (!parent || outcomes.get(parent.id)?.state === 'done'),
    );

  const flows = new queue.bullmq.FlowProducer(queue.settings());
  flows.on('error', () => {});
  const add = async (some: readonly Job[]): Promise<void> => {
    const added = [];
    for (const job of some) added.push(flowOf(await treeOf(job)));
    try {
      await flows.addBulk(added);
    } catch (error) {
      throw queueError(queue.place, error);
    }
  };
  /** Looks at one job. @returns true: it has to be put into the queue */
  const look = async (job: Job, retryFailed: boolean): Promise<boolean> => {
    const found = await queue.jobs.getJob(keyOf(job, bits));
    const state = found ? await found.getState() : 'unknown';
    if (state === 'completed') {
      if (await fetched(job)) {
        const { seconds = 0, earlier = false } = (found!.returnvalue ?? {}) as Partial<JobOutcome>;
        end(job, { state: 'done', earlier, seconds });
        return false;
      }
      const times = (repeats.get(job.id) ?? 0) + 1;
      repeats.set(job.id, times);
      if (times > MOST_REPEATS) {
        end(job, {
          state: 'failed',
          earlier: false,
          seconds: 0,
          error: `${store.place} lost its result ${times} times`,
        });
        return false;
      }
      await found!.remove();
      return true;
    }
    if (state === 'failed') {
      if (!retryFailed) {
        end(job, {
          state: 'failed',
          earlier: false,
          seconds: 0,
          error: found!.failedReason || 'no reason is known',
        });
        return false;
      }
      await found!.remove();
      return true;
    }
    return state === 'unknown';
  };
  const lookAt = async (some: readonly Job[], retryFailed: boolean): Promise<void> => {
    for (let from = 0; from < some.length && !signal?.aborted; from += AT_ONCE) {
      const part = some.slice(from, from + AT_ONCE);
      const missing = await Promise.all(part.map((job) => look(job, retryFailed)));
      await add(part.filter((job, i) => missing[i] && !outcomes.has(job.id)));
    }
  };

  const events = new queue.bullmq.QueueEvents(JOBS, queue.settings());
  events.on('error', () => {});
  let told = new Set<Job>();
  let wake = (): void => {};
  const hear = ({ jobId }: { readonly jobId: string }): void => {
    const job = byKey.get(jobId);
    if (job) told.add(job);
    wake();
  };
  const refusals = new Set<string>();
  events.on('completed', hear);
  events.on('failed', hear);
  events.on('progress', ({ data }) => {
    const refused = (data as { readonly refused?: unknown }).refused;
    if (typeof refused !== 'string' || refusals.has(refused)) return;
    refusals.add(refused);
    onRefusal?.(refused);
  });
  const stopped = (): void => wake();
  signal?.addEventListener('abort', stopped);
  try {
    await events.waitUntilReady();
    for (let from = 0; from < jobs.length; from += AT_ONCE) {
      const part = jobs.slice(from, from + AT_ONCE);
      const there = await Promise.all(part.map(fetched));
      part.forEach((job, i) => {
        if (there[i]) end(job, { state: 'done', earlier: true, seconds: 0 });
      });
    }
    await lookAt(ready(), true);
    let looked = performance.now();
    let wait = lookMs;
    while (outcomes.size < jobs.length && !signal?.aborted) {
      const heard = [...told].filter((job) => !outcomes.has(job.id));
      told = new Set();
      if (performance.now() - looked > wait) {
        const begun = performance.now();
        await lookAt(ready(), false);
        looked = performance.now();
        wait = Math.max(lookMs, LOOK_SHARE * (looked - begun));
      } else if (heard.length > 0) await lookAt(heard, false);
      else
        await Promise.race([
          pause(lookMs),
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
        ]);
    }
    return jobs.flatMap((job) => outcomes.get(job.id) ?? []);
  } finally {
    signal?.removeEventListener('abort', stopped);
    await Promise.all([events.close(), flows.close()]);
  }
}

/** What Redis says of a job that it does not take. */
function queueError(place: string, error: unknown): InputError {
  const text = error instanceof Error ? error.message : String(error);
  const remedy = /OOM/.test(text)
    ? 'its memory is full: give it more, or remove what other programs keep there'
    : 'the same command goes on with what is there';
  return new InputError(`${place}: a job could not be put into the queue (${text}); ${remedy}`);
}
