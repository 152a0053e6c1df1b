/**
 * @file A worker: takes jobs from the queue, does them on this machine, and puts what they make into the store. It holds a lock on every
 * job that it does and renews it; a worker that is silent for longer than its lock loses the job to another.
 */
import { hostname } from 'node:os';
import type { Job as BullJob } from 'bullmq';
import { type Deliveries, deliveries } from './deliveries.ts';
import type { DoneJob } from './do-job.ts';
import { flowOf, type StageData } from './flows.ts';
import { inTime } from './in-time.ts';
import { JOBS, LEAVE_MS, STAGES } from './open-queue.ts';
import { type QueuedJob, storedResult } from './queued-job.ts';
import type { WorkerRequest } from './worker-request.ts';

export interface RunningWorker extends Pick<Deliveries, 'running' | 'idle'> {
  /**
   * Takes no more jobs, stops trainings at a checkpoint, lets others end or stops them, and gives what is stopped back to the queue.
   * A queue that does not answer is not waited for: what is stopped goes to another when its lock ends.
   */
  drain(drainSeconds: number): Promise<Drained>;
}

export interface Drained {
  /** Jobs that were given back. */
  readonly back: number;
  /** False: the queue did not answer. */
  readonly told: boolean;
}

/** A job that takes its machine down, or is stopped past its lock, so often is given up. */
const MOST_STALLS = 10;

export async function startWorker(request: WorkerRequest): Promise<RunningWorker> {
  const { queue, store, processes, rate, lockSeconds } = request;
  const { Worker, FlowProducer } = queue.bullmq;
  const here = deliveries(request);
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
  const jobs = new Worker<QueuedJob, DoneJob>(JOBS, here.work, {
    ...{ ...queue.settings(), ...settings, concurrency: processes },
    ...(rate !== null && { limiter: { max: rate, duration: 60_000 } }),
  });
  const stages = new Worker<StageData, void>(STAGES, begin, { ...queue.settings(), ...settings });
  jobs.on('lockRenewalFailed', (keys) => {
    for (const key of keys) here.lose(key);
  });
  // connections are told of once, by the queue
  jobs.on('error', () => {});
  stages.on('error', () => {});
  flows.on('error', () => {});
  await Promise.all([jobs, stages].map((one) => one.waitUntilReady()));
  const close = async (): Promise<void> => {
    await Promise.all([jobs, stages].map((one) => one.close()));
    await flows.close();
  };
  return {
    running: here.running,
    idle: here.idle,
    async drain(drainSeconds) {
      await Promise.all([jobs, stages].map((one) => one.pause(true)));
      here.drain();
      const late = setTimeout(here.stopAll, 1000 * drainSeconds);
      const closed = close();
      let told = false;
      // as long as jobs run here, or save what they have, there is something to wait for
      do {
        const running = here.running();
        told = await inTime(LEAVE_MS, closed);
        if (running === 0) break;
      } while (!told);
      clearTimeout(late);
      return { back: here.back(), told };
    },
  };
}
