/**
 * @file A worker: takes jobs from the queue, does them on this machine, and puts what they make into the store. It holds a lock on every
 * job that it does and renews it; a worker that is silent for longer than its lock loses the job to another.
 */
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job as BullJob } from 'bullmq';
import type { DoJobRequest, DoneJob } from './do-job.ts';
import { doJob } from './do-job.ts';
import { flowOf, type StageData } from './flows.ts';
import { JOBS, type OpenQueue, STAGES } from './open-queue.ts';
import { type QueuedJob, storedResult } from './queued-job.ts';
import { type Here, refusalOf } from './refusal.ts';

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

export interface RunningWorker {
  /** Jobs that run now. */
  running(): number;
  /** Milliseconds since a job came or ended. */
  idle(): number;
  /**
   * Takes no more jobs, stops trainings at a checkpoint, lets others end or stops them, and gives what is stopped back to the queue.
   * @returns how many it gave back
   */
  drain(drainSeconds: number): Promise<number>;
}

/** A job that takes its machine down, or is stopped past its lock, so often is given up. */
const MOST_STALLS = 10;

/** A job that this worker refuses is soon there for others; the place of the job here stays empty for longer, so that they come first. */
const REFUSED_MS = 200;
const PAUSE_MS = 5000;

export async function startWorker(request: WorkerRequest): Promise<RunningWorker> {
  const { queue, here, store, processes, rate, lockSeconds, tell, onEnd } = request;
  const { Worker, FlowProducer, DelayedError, WaitingError } = queue.bullmq;
  const stops = new Map<string, { readonly stop: AbortController; readonly isTraining: boolean }>();
  const told = new Set<string>();
  const once = (line: string): void => {
    if (!told.has(line)) tell(line);
    told.add(line);
  };
  const drained = new AbortController();
  let back = 0;
  let active = performance.now();

  const work = async (job: BullJob<QueuedJob>, token?: string): Promise<DoneJob> => {
    const queued = job.data;
    active = performance.now();
    const refused = drained.signal.aborted ? null : await refusalOf(queued, here);
    if (refused !== null) {
      once(`${queued.job.stage}: refused: ${refused}`);
      await job.updateProgress({ refused: `${hostname()}: ${refused}` });
      await job.moveToDelayed(Date.now() + REFUSED_MS, token);
      await pause(PAUSE_MS, undefined, { signal: drained.signal }).catch(() => {});
      throw new DelayedError();
    }
    const stop = new AbortController();
    stops.set(queued.key, { stop, isTraining: queued.job.command === 'train' });
    if (drained.signal.aborted) stop.abort();
    try {
      const done = await doJob(queued, { ...request, signal: stop.signal });
      onEnd?.(queued, done);
      return done;
    } catch (error) {
      if (stop.signal.aborted && drained.signal.aborted) {
        await job.moveToWait(token);
        back++;
        throw new WaitingError();
      }
      const reason = error instanceof Error ? error.message : String(error);
      if (!stop.signal.aborted) onEnd?.(queued, { error: reason });
      throw new Error(reason);
    } finally {
      stops.delete(queued.key);
      active = performance.now();
    }
  };

  const flows = new FlowProducer(queue.settings());
  const begin = async ({ data }: BullJob<StageData>): Promise<void> => {
    if (!(await store.has(storedResult(data.key)))) return; // it failed: what needs it is left out
    await flows.addBulk(data.after.map(flowOf));
  };

  const settings = {
    lockDuration: 1000 * lockSeconds,
    stalledInterval: 1000 * lockSeconds,
    maxStalledCount: MOST_STALLS,
    name: `${hostname()}-${process.pid}`,
  };
  const jobs = new Worker<QueuedJob, DoneJob>(JOBS, work, {
    ...{ ...queue.settings(), ...settings, concurrency: processes },
    ...(rate !== null && { limiter: { max: rate, duration: 60_000 } }),
  });
  const stages = new Worker<StageData, void>(STAGES, begin, { ...queue.settings(), ...settings });
  jobs.on('lockRenewalFailed', (keys) => {
    for (const key of keys) {
      once(`${key}: its lock is lost, another worker may have it; it is stopped here`);
      stops.get(key)?.stop.abort();
    }
  });
  // connections are told of once, by the queue
  jobs.on('error', () => {});
  stages.on('error', () => {});
  flows.on('error', () => {});
  await Promise.all([jobs, stages].map((one) => one.waitUntilReady()));

  return {
    running: () => stops.size,
    idle: () => (stops.size > 0 ? 0 : performance.now() - active),
    async drain(drainSeconds) {
      drained.abort();
      await Promise.all([jobs, stages].map((one) => one.pause(true)));
      const end = (all: boolean): void => {
        for (const { stop, isTraining } of stops.values()) if (all || isTraining) stop.abort();
      };
      end(false);
      const late = setTimeout(() => end(true), 1000 * drainSeconds);
      await Promise.all([jobs, stages].map((one) => one.close()));
      clearTimeout(late);
      await flows.close();
      return back;
    },
  };
}
