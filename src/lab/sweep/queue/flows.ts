/**
 * @file Stages as flows of BullMQ. There a job waits for its children; here many jobs wait for one. So every job that others come after
 * is the child of a small job that then puts those others into the queue: the next stage begins also when nobody watches.
 */
import type { FlowJob, JobsOptions } from 'bullmq';
import { JOBS, STAGES } from './open-queue.ts';
import type { QueuedJob } from './queued-job.ts';

/** A job with those that come after it. */
export interface JobTree {
  readonly queued: QueuedJob;
  readonly after: readonly JobTree[];
}

/** What a job of the queue of stages holds. */
export interface StageData {
  /** The job that must have left a result. */
  readonly key: string;
  readonly after: readonly JobTree[];
  /** How many jobs that is in all. */
  readonly count: number;
}

/** Tries of a job, the waits between them in milliseconds: 1,000 and 2,000. */
export const TRIES = { attempts: 3, backoff: { type: 'exponential', delay: 1000 } } as const;

const WEEK = 7 * 24 * 3600;

/** Results lie in the store; the queue forgets its jobs in time. Its reasons have no stack. */
const JOB_OPTIONS: JobsOptions = {
  ...TRIES,
  removeOnComplete: { age: WEEK },
  removeOnFail: { age: WEEK },
  stackTraceLimit: 0,
};

/** The flow that does a job, and all that come after it. */
export function flowOf({ queued, after }: JobTree): FlowJob {
  const job: FlowJob = {
    name: queued.job.stage,
    queueName: JOBS,
    data: queued,
    opts: { ...JOB_OPTIONS, jobId: queued.key },
  };
  if (after.length === 0) return job;
  const data: StageData = { key: queued.key, after, count: countJobs(after) };
  // one that failed lets it run too: without a result it does nothing, and is gone
  const waits = { ...job, opts: { ...job.opts, ignoreDependencyOnFailure: true } };
  return {
    name: `after ${queued.job.stage}`,
    queueName: STAGES,
    data,
    opts: {
      ...{ jobId: `after-${queued.key}`, attempts: 10, backoff: TRIES.backoff, stackTraceLimit: 0 },
      ...{ removeOnComplete: true, removeOnFail: true },
    },
    children: [waits],
  };
}

export const countJobs = (trees: readonly JobTree[]): number =>
  trees.reduce((sum, { after }) => sum + 1 + countJobs(after), 0);
