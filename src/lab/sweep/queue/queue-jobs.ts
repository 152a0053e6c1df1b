/**
 * @file The jobs of a study on a queue: put there, followed, their results fetched from the store into the folder that a local run has
 * them in. What is asked for is looked up in the store and in Redis; events only say when to look.
 */
import type { Job } from '../jobs.ts';
import type { JobOutcome } from '../run-jobs.ts';
import { type JobAdder, jobAdder } from './add-jobs.ts';
import { type Hearing, hearQueue } from './hear-queue.ts';
import { inParts } from './in-parts.ts';
import { doneBy, jobLooker } from './look-at-job.ts';
import type { OpenQueue } from './open-queue.ts';
import { keyOf, type QueueContext } from './queued-job.ts';
import { bringResult, endThoseInStore, type ResultPlace } from './stored-results.ts';
import { type StudyOutcomes, studyOutcomes } from './study-outcomes.ts';

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
  /** Between looks at everything that is open, or longer where there is much to look at. Default: 10,000. */
  readonly lookMs?: number;
}

/** Looking at everything takes one part of the time in so many. */
const LOOK_SHARE = 20;

/** @returns outcomes in the order of the jobs; after an abort only those that ended */
export async function queueJobs(request: QueueJobsRequest): Promise<JobOutcome[]> {
  const { queue, context, jobs, folder, onEnd, onRefusal, signal } = request;
  const place = { store: context.store, bits: context.bits, folder };
  const study = studyOutcomes(jobs, onEnd);
  const adder = jobAdder(queue, context, study);
  const byKey = new Map(jobs.map((job) => [keyOf(job, context.bits), job]));
  const hearing = await hearQueue(queue, byKey, signal, onRefusal);
  try {
    await endThoseInStore(place, jobs, study);
    await follow(request, { place, study, adder, hearing });
    return study.inOrder();
  } finally {
    await Promise.all([hearing.close(), adder.close()]);
  }
}

interface Followed {
  readonly place: ResultPlace;
  readonly study: StudyOutcomes;
  readonly adder: JobAdder;
  readonly hearing: Hearing;
}

/** Looks at everything once, then at what is said, and at everything again now and then, until all has ended. */
async function follow(
  { queue, jobs, signal, lookMs = 10_000 }: QueueJobsRequest,
  { place, study, adder, hearing }: Followed,
): Promise<void> {
  const look = jobLooker(queue, place);
  const lookAt = async (some: readonly Job[], retryFailed: boolean): Promise<void> => {
    const missing: Job[] = [];
    const one = async (job: Job): Promise<void> => {
      const found = await look(job, retryFailed);
      if (found === 'missing') missing.push(job);
      else if (found !== 'there') study.end(job, found);
    };
    await inParts(some, one, signal);
    if (!signal?.aborted) await adder.add(missing);
  };
  const hear = async (): Promise<void> => {
    const unsure: Job[] = [];
    await inParts([...hearing.take()], async ([job, said]) => {
      if (study.has(job)) return;
      if (said !== 'failed' && (await bringResult(place, job))) study.end(job, doneBy(said.done));
      else unsure.push(job);
    });
    await lookAt(unsure, false);
  };
  await lookAt(study.ready(), true);
  let looked = performance.now();
  let wait = lookMs;
  while (study.count() < jobs.length && !signal?.aborted) {
    await hearing.wait(lookMs);
    await hear();
    if (performance.now() - looked < wait) continue;
    const begun = performance.now();
    await lookAt(study.ready(), false);
    looked = performance.now();
    wait = Math.max(lookMs, LOOK_SHARE * (looked - begun));
  }
}
