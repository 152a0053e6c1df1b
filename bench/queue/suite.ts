/** @file What a job costs over a queue, and four workers beside the local runner: a Redis of its own, jobs that only burn processor time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { InputError } from '../../src/errors.ts';
import { runJobs } from '../../src/lab/sweep/run-jobs.ts';
import { endOf, overQueue, workerHere, workerProcess } from '../../test/queue/workers.ts';
import { NO_REDIS, startRedis, type TestRedis } from '../../test/support/redis.ts';
import { type TinyStudy, tinyStudy } from '../../test/support/tiny-study.ts';
import { median } from '../timing.ts';
import { processorOf } from './processor.ts';

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
  /** Of everything that takes part; NaN where it cannot be read. */
  readonly all: number;
}

export interface QueueFigures {
  readonly jobs: number;
  readonly cores: number;
  /** What one job takes more than locally: one at a time, sweep and worker in one process. */
  readonly more: Pick<Cost, 'wall' | 'processor'>;
  /** Of Redis, for a job. */
  readonly bytes: number;
  /** All jobs, by how much processor time each burns. */
  readonly four: readonly Four[];
}

/** Medians in seconds; of the processor: that of everything that takes part, which a busy machine changes little. */
interface Four {
  readonly busyMs: number;
  readonly local: number;
  readonly queued: number;
  /** Null where it cannot be read. */
  readonly processor: { readonly local: number; readonly queued: number } | null;
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
    const pair = (i: number, what: string, workers: number | null, busyMs: number): Promise<Pair> => {
      const round = `round ${i + 1} of ${rounds}, ${what}`;
      log(round);
      const place = join(folder, round.replaceAll(/\W+/g, '-'));
      const processes = workers === null ? 1 : cores;
      return bothWays({ redis, place, trainings, workers, busyMs, processes, localFirst: i % 2 === 0 });
    };
    const single: Pair[] = [];
    for (const i of times) single.push(await pair(i, 'one at a time', null, 0));
    const four: Four[] = [];
    for (const busyMs of BUSY_MS) {
      const pairs: Pair[] = [];
      for (const i of times) pairs.push(await pair(i, `jobs of ${busyMs} ms`, WORKERS, busyMs));
      const seconds = (of: 'local' | 'queued', by: 'wall' | 'all'): number =>
        median(pairs.map((one) => one[of][by])) / 1000;
      const processor = { local: seconds('local', 'all'), queued: seconds('queued', 'all') };
      four.push({
        ...{ busyMs, local: seconds('local', 'wall'), queued: seconds('queued', 'wall') },
        processor: Number.isNaN(processor.local + processor.queued) ? null : processor,
      });
    }
    const jobs = single[0]!.jobs;
    const more = (of: 'wall' | 'processor'): number =>
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
  readonly localFirst: boolean;
}

/** The same study by the local runner and over the queue, one after the other; which is first changes from round to round. */
async function bothWays(ways: Ways): Promise<Pair> {
  const { place, trainings, busyMs, processes, localFirst } = ways;
  process.env.TINY_BUSY_MS = String(busyMs);
  const tiny = await tinyStudy(place, trainings);
  const here = (): Promise<Cost> =>
    costOf([process.pid], () => runJobs({ ...tiny, folder: join(place, 'local'), processes }));
  const early = localFirst ? await here() : null;
  const there = await overWorkers(ways, tiny);
  return { jobs: tiny.jobs.length, local: early ?? (await here()), ...there };
}

async function overWorkers(
  { redis, place, workers }: Ways,
  tiny: TinyStudy,
): Promise<Pick<Pair, 'queued' | 'bytes'>> {
  const words = { url: redis.url, store: join(place, 'store'), program: tiny.program, lockSeconds: 30 };
  const folder = (i: number): string => join(place, `worker-${i}`);
  const empty = await redis.usedMemory();
  const running = await Promise.all(
    Array.from({ length: workers ?? 0 }, (_, i) => workerProcess({ ...words, folder: folder(i) })),
  );
  const end = workers === null ? await workerHere({ ...words, folder: folder(0) }) : null;
  const all = [process.pid, redis.pid(), ...running.map(({ pid }) => pid!)];
  const queued = await costOf(all, () => overQueue(tiny, { ...words, folder: join(place, 'queued') }));
  await Promise.all([end?.(), ...running.map((one) => endOf(one, 'SIGTERM'))]);
  const bytes = (await redis.usedMemory()) - empty;
  await redis.empty();
  return { queued, bytes };
}

/** @param pids the processes that take part */
async function costOf(pids: readonly number[], run: () => Promise<unknown>): Promise<Cost> {
  const begun = performance.now();
  const before = process.cpuUsage();
  const all = processorOf(pids);
  await run();
  const { user, system } = process.cpuUsage(before);
  const wall = performance.now() - begun;
  return { wall, processor: (user + system) / 1000, all: processorOf(pids) - all };
}

export function queueTable({ jobs, cores, more, bytes, four }: QueueFigures): string {
  const rows = four.map(
    ({ busyMs, local, queued, processor }) =>
      `${jobs} jobs of ${busyMs.toString().padStart(3)} ms of the processor, ${cores} cores: local runner ${local.toFixed(2)} s, ${WORKERS} workers ${queued.toFixed(2)} s${processor ? `; the processor at work ${processor.local.toFixed(2)} s and ${processor.queued.toFixed(2)} s` : ''}`,
  );
  return [
    `a job over the queue, beside a local one: ${more.wall.toFixed(1)} ms more, ${more.processor.toFixed(1)} ms of them sweep and worker at work; ${Math.round(bytes)} bytes of Redis`,
    ...rows,
  ].join('\n');
}
