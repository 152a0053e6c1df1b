/** @file Jobs as a queue delivers them to this machine: each is refused, done, failed, or given back because the worker ends. */
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job as BullJob } from 'bullmq';
import { type DoneJob, doJob } from './do-job.ts';
import type { QueuedJob } from './queued-job.ts';
import { refusalOf } from './refusal.ts';
import type { WorkerRequest } from './worker-request.ts';

export interface Deliveries {
  /** Does a job, or says in BullMQ's way why not. */
  work(job: BullJob<QueuedJob>, token?: string): Promise<DoneJob>;
  /** Jobs that run on this machine now. */
  running(): number;
  /** Milliseconds since a job came or ended. */
  idle(): number;
  /** From now on nothing is begun or refused, and trainings are stopped at a checkpoint. */
  drain(): void;
  /** Stops every job that runs. */
  stopAll(): void;
  /** Another worker may have this job now: it is stopped here. */
  lose(key: string): void;
  /** How many were given back to the queue. */
  back(): number;
}

/** A job that this worker refuses is soon there for others; the place of the job here stays empty for longer, so that they come first. */
const REFUSED_MS = 200;
const PAUSE_MS = 5000;

export function deliveries(request: WorkerRequest): Deliveries {
  const { queue, here, tell, onEnd } = request;
  const { DelayedError, WaitingError } = queue.bullmq;
  const stops = new Map<string, { readonly stop: AbortController; readonly isTraining: boolean }>();
  const told = new Set<string>();
  const once = (line: string): void => {
    if (!told.has(line)) tell(line);
    told.add(line);
  };
  const drained = new AbortController();
  let back = 0;
  let active = performance.now();
  const refuse = async (job: BullJob<QueuedJob>, token: string | undefined, why: string): Promise<never> => {
    once(`${job.data.job.stage}: refused: ${why}`);
    await job.updateProgress({ refused: `${hostname()}: ${why}` });
    await job.moveToDelayed(Date.now() + REFUSED_MS, token);
    await pause(PAUSE_MS, undefined, { signal: drained.signal }).catch(() => {});
    throw new DelayedError();
  };
  return {
    async work(job, token) {
      const queued = job.data;
      active = performance.now();
      const refused = drained.signal.aborted ? null : await refusalOf(queued, here);
      if (refused !== null) return refuse(job, token, refused);
      const stop = new AbortController();
      stops.set(queued.key, { stop, isTraining: queued.job.command === 'train' });
      if (drained.signal.aborted) stop.abort();
      try {
        const done = await doJob(queued, { ...request, signal: stop.signal });
        onEnd?.(queued, done);
        return done;
      } catch (error) {
        const isBack = stop.signal.aborted && drained.signal.aborted;
        const reason = error instanceof Error ? error.message : String(error);
        if (!isBack && !stop.signal.aborted) onEnd?.(queued, { error: reason });
        if (!isBack) throw new Error(reason);
      } finally {
        stops.delete(queued.key);
        active = performance.now();
      }
      await job.moveToWait(token);
      back++;
      throw new WaitingError();
    },
    running: () => stops.size,
    idle: () => (stops.size > 0 ? 0 : performance.now() - active),
    drain() {
      drained.abort();
      for (const { stop, isTraining } of stops.values()) if (isTraining) stop.abort();
    },
    stopAll() {
      for (const { stop } of stops.values()) stop.abort();
    },
    lose(key) {
      once(`${key}: its lock is lost, another worker may have it; it is stopped here`);
      stops.get(key)?.stop.abort();
    },
    back: () => back,
  };
}
