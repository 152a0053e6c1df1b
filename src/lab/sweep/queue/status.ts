/** @file How far a queue is: jobs by their state, workers, how fast it goes, how long it may take; as text for Prometheus too. */
import type { StageData } from './flows.ts';
import type { OpenQueue } from './open-queue.ts';

export interface QueueStatus {
  readonly queue: string;
  readonly jobs: {
    readonly waiting: number;
    /** Left for a while: to be tried again, or refused by a worker. */
    readonly delayed: number;
    readonly active: number;
    /** Of stages that have not begun. */
    readonly later: number;
    readonly completed: number;
    readonly failed: number;
  };
  readonly workers: number;
  /** Of the last jobs that ended, within ten minutes; null: none did. */
  readonly jobsPerMinute: number | null;
  /** For what is waiting, delayed, active and later, at that rate; null where it is not known. */
  readonly secondsLeft: number | null;
}

/** The rate is that of so many jobs, if they ended within so long. */
const LAST = 200;
const LAST_MS = 600_000;

export async function queueStatus(
  { place, jobs, stages }: OpenQueue,
  now: number = Date.now(),
): Promise<QueueStatus> {
  const [counts, pending, workers, last] = await Promise.all([
    jobs.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'completed', 'failed'),
    stages.getJobs(['waiting-children', 'waiting', 'active', 'delayed']),
    jobs.getWorkers(),
    jobs.getCompleted(0, LAST - 1),
  ]);
  const count = (name: string): number => counts[name] ?? 0;
  const later = pending.reduce((sum, job) => sum + ((job?.data as StageData | undefined)?.count ?? 0), 0);
  const [waiting, delayed, active] = [
    count('waiting') + count('prioritized'),
    count('delayed'),
    count('active'),
  ];
  const ends = last.flatMap((job) => job?.finishedOn ?? []).filter((time) => now - time < LAST_MS);
  const jobsPerMinute =
    ends.length === 0 ? null : (60_000 * ends.length) / Math.max(1000, now - Math.min(...ends));
  const left = waiting + delayed + active + later;
  return {
    queue: place,
    jobs: { waiting, delayed, active, later, completed: count('completed'), failed: count('failed') },
    workers: workers.length,
    jobsPerMinute,
    secondsLeft: left === 0 ? 0 : jobsPerMinute === null ? null : (60 * left) / jobsPerMinute,
  };
}

/** In the text format that Prometheus reads. */
export function metricsText({ jobs, workers, jobsPerMinute, secondsLeft }: QueueStatus): string {
  const gauge = (name: string, help: string, lines: readonly string[]): string =>
    [`# HELP strelu_${name} ${help}`, `# TYPE strelu_${name} gauge`, ...lines, ''].join('\n');
  const states = Object.entries(jobs).map(([state, count]) => `strelu_queue_jobs{state="${state}"} ${count}`);
  return [
    gauge('queue_jobs', 'Jobs by their state.', states),
    gauge('queue_workers', 'Workers that are connected.', [`strelu_queue_workers ${workers}`]),
    gauge('queue_jobs_per_minute', 'Of the last jobs that ended; NaN where none did.', [
      `strelu_queue_jobs_per_minute ${jobsPerMinute ?? 'NaN'}`,
    ]),
    gauge('queue_seconds_left', 'At that rate; NaN where it is not known.', [
      `strelu_queue_seconds_left ${secondsLeft ?? 'NaN'}`,
    ]),
  ].join('');
}
