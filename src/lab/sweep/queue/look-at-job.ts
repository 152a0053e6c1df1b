/** @file What a queue and a store know of one job; events only say when to look. */
import type { Job } from '../jobs.ts';
import type { OpenQueue } from './open-queue.ts';
import { keyOf } from './queued-job.ts';
import { bringResult, type ResultPlace } from './stored-results.ts';
import type { End } from './study-outcomes.ts';

/** How it ended; missing: it has to be put into the queue; there: it waits, or is being done. */
export type Look = End | 'missing' | 'there';

/** A job whose result is gone from the store again and again is given up. */
const MOST_REPEATS = 3;

const failed = (error: string): End => ({ state: 'failed', earlier: false, seconds: 0, error });

/**
 * @returns looks at one job. A job that failed before the study began is tried again (`retryFailed`); what a look says is missing is no
 * longer in the queue
 */
export function jobLooker(
  queue: OpenQueue,
  place: ResultPlace,
): (job: Job, retryFailed: boolean) => Promise<Look> {
  const repeats = new Map<Job, number>();
  return async (job, retryFailed) => {
    const found = await queue.jobs.getJob(keyOf(job, place.bits));
    const state = found ? await found.getState() : 'unknown';
    if (!found || state === 'unknown') return 'missing';
    if (state === 'failed') {
      if (!retryFailed) return failed(found.failedReason || 'no reason is known');
      await found.remove();
      return 'missing';
    }
    if (state !== 'completed') return 'there';
    if (await bringResult(place, job)) return doneBy(found.returnvalue);
    const times = (repeats.get(job) ?? 0) + 1;
    repeats.set(job, times);
    if (times > MOST_REPEATS) return failed(`${place.store.place} lost its result ${times} times`);
    await found.remove();
    return 'missing';
  };
}

/** The end of a job that is done. @param said what its worker said of it */
export function doneBy(said: unknown): End {
  const { seconds, earlier } = (said ?? {}) as { readonly seconds?: unknown; readonly earlier?: unknown };
  return {
    state: 'done',
    earlier: earlier === true,
    seconds: typeof seconds === 'number' ? seconds : 0,
  };
}
