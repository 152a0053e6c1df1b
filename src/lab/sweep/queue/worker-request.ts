/** @file What a worker is asked: which queue and store, what it is itself, how much at a time. */
import type { DoJobRequest, DoneJob } from './do-job.ts';
import type { OpenQueue } from './open-queue.ts';
import type { QueuedJob } from './queued-job.ts';
import type { Here } from './refusal.ts';

export interface WorkerRequest extends Omit<DoJobRequest, 'signal'> {
  readonly queue: OpenQueue;
  readonly here: Here;
  /** Jobs at a time. */
  readonly processes: number;
  /** Jobs that may begin in a minute, over all workers that have a rate; null: any number. */
  readonly rate: number | null;
  /** How long it may be silent before another takes its jobs. */
  readonly lockSeconds: number;
  readonly onEnd?: (queued: QueuedJob, outcome: DoneJob | { readonly error: string }) => void;
}
