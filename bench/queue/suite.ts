/** @file What a job costs over a queue, and four workers beside the local runner: a Redis of its own, jobs that only burn processor time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { InputError } from '../../src/errors.ts';
import { runJobs } from '../../src/lab/sweep/run-jobs.ts';
import { endOf, overQueue, workerHere, workerProcess } from '../../test/queue/workers.ts';
import { NO_REDIS, startRedis, type TestRedis } from '../../test/support/redis.ts';
import { tinyStudy } from '../../test/support/tiny-study.ts';
import { median } from '../timing.ts';

export interface QueueRequest {
  readonly rounds: number;
  /** Trainings of the study; each makes five jobs. */
  readonly trainings: number;
  readonly log: (line: string) => void;
}

/** Milliseconds. */
interface Cost {
  readonly wall: number;
  /** Of this process alone, not of the jobs that it starts. */
  readonly processor: number;
}

export interface QueueFigures {
  readonly jobs: number;
  readonly cores: number;
  /** What one job takes more than locally: one at a time, sweep and worker in one process. */
  readonly more: Cost;
  /** Of Redis, for a job. */
  readonly bytes: number;
  /** All jobs, by how much processor time each burns; seconds. */
  readonly four: readonly { readonly busyMs: number; readonly local: number; readonly queued: number }[];
}

const WORKERS = 4;
/** Processor time that a job burns. */
const BUSY_MS = [0, 300];

/** @throws InputError where there is no redis-server */
export async function queueSuite({ rounds, trainings, log }: QueueRequest): Promise<QueueFigures> {
  if (NO_REDIS) throw new InputError(`queue: ${NO_REDIS}`);
  const folder = mkdtempSync(join(tmpdir(), 'strelu-queue-'));
  const redis = await startRedis(folder, ['--appendonly', 'yes']);
  const cores = availableParallelism();
  try {
    const times = Array.from({ length: rounds }, (_, i) => i);
    const pair = (round: string, workers: number | null, busyMs: number): Promise<Pair> => {
      log(round);
      const place = join(folder, round.replaceAll(/\W+/g, '-'));
      return bothWays({ redis, place, trainings, workers, busyMs, processes: workers === null ? 1 : cores });
    };
    const single: Pair[] = [];
    for (const i of times) single.push(await pair(`round ${i + 1} of ${rounds}, one at a time`, null, 0));
    const four: QueueFigures['four'][number][] = [];
    for (const busyMs of BUSY_MS) {
      const pairs: Pair[] = [];
      for (const i of times)
        pairs.push(await pair(`round ${i + 1} of ${rounds}, jobs of ${busyMs} ms`, WORKERS, busyMs));
      const seconds = (of: 'local' | 'queued'): number => median(pairs.map((one) => one[of].wall)) / 1000;
      four.push({ busyMs, local: seconds('local'), queued: seconds('queued') });
    }
    const jobs = single[0]!.jobs;
    const more = (of: keyof Cost): number =>
      median(single.map(({ local, queued }) => (queued[of] - local[of]) / jobs));
    const bytes = median(single.map((one) => one.bytes)) / jobs;
    return { jobs, cores, more: { wall: more('wall'), processor: more('processor') }, bytes, four };
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Pair {
  readonly jobs: number;
  readonly local: Cost;
  readonly queued: Cost;
  readonly bytes: number;
}

interface Ways {
  readonly redis: TestRedis;
  readonly place: string;
  readonly trainings: number;
  /** Null: one, in this process. */
  readonly workers: number | null;
  readonly busyMs: number;
  readonly processes: number;
}

/** The same study by the local runner and over the queue, one after the other. */
async function bothWays({ redis, place, trainings, workers, busyMs, processes }: Ways): Promise<Pair> {
  process.env.TINY_BUSY_MS = String(busyMs);
  const tiny = await tinyStudy(place, trainings);
  const words = { url: redis.url, store: join(place, 'store'), program: tiny.program, lockSeconds: 30 };
  const local = await costOf(() => runJobs({ ...tiny, folder: join(place, 'local'), processes }));
  const folder = (i: number): string => join(place, `worker-${i}`);
  const empty = await redis.usedMemory();
  const running = await Promise.all(
    Array.from({ length: workers ?? 0 }, (_, i) => workerProcess({ ...words, folder: folder(i) })),
  );
  const end = workers === null ? await workerHere({ ...words, folder: folder(0) }) : null;
  const queued = await costOf(() => overQueue(tiny, { ...words, folder: join(place, 'queued') }));
  await Promise.all([end?.(), ...running.map((one) => endOf(one, 'SIGTERM'))]);
  const bytes = (await redis.usedMemory()) - empty;
  await redis.empty();
  return { jobs: tiny.jobs.length, local, queued, bytes };
}

async function costOf(run: () => Promise<unknown>): Promise<Cost> {
  const begun = performance.now();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - begun, processor: (user + system) / 1000 };
}

export function queueTable({ jobs, cores, more, bytes, four }: QueueFigures): string {
  const rows = four.map(
    ({ busyMs, local, queued }) =>
      `${jobs} jobs of ${busyMs.toString().padStart(3)} ms of the processor, ${cores} cores: local runner ${local.toFixed(2)} s, ${WORKERS} workers ${queued.toFixed(2)} s`,
  );
  return [
    `a job over the queue, beside a local one: ${more.wall.toFixed(1)} ms more, ${more.processor.toFixed(1)} ms of them sweep and worker at work; ${Math.round(bytes)} bytes of Redis`,
    ...rows,
  ].join('\n');
}
