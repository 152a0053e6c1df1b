/**
 * @file `npm run test:queue`: studies over a real Redis and several worker processes. Workers are killed and stopped, Redis is begun
 * again; a training goes on elsewhere.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { resultFile } from '../../src/lab/sweep/job-files.ts';
import { runJobs } from '../../src/lab/sweep/run-jobs.ts';
import { inFolder } from '../support/in-folder.ts';
import { NO_REDIS, startRedis } from '../support/redis.ts';
import { tinyStudy } from '../support/tiny-study.ts';
import { until } from '../support/until.ts';
import { endOf, overQueue, workerProcess } from './workers.ts';

/** 40 trainings, 80 conversions, 80 simulations. */
const SEEDS = 40;
const LOCK_SECONDS = 2;

test('200 jobs, 4 workers: two killed, one stopped past its lock, Redis begun again', {
  skip: NO_REDIS,
  timeout: 300_000,
}, async () => {
  await inFolder(async (path) => {
    const redis = await startRedis(path('.'), ['--appendonly', 'yes', '--appendfsync', 'always']);
    const tiny = await tinyStudy(path('tiny'), SEEDS, { ms: 100 });
    assert.equal(tiny.jobs.length, 200);
    const local = await runJobs({ ...tiny, folder: path('local'), processes: 2 });
    await writeFile(tiny.log, '');
    const words = { url: redis.url, store: path('store'), program: tiny.program, lockSeconds: LOCK_SECONDS };
    const workers = await Promise.all(
      [0, 1, 2, 3].map((i) => workerProcess({ ...words, folder: path(`w${i}`) })),
    );
    const [first, second, third] = workers as [(typeof workers)[0], (typeof workers)[0], (typeof workers)[0]];
    const ended = new Map<string, number>();
    const events: Promise<unknown>[] = [];
    const at: Readonly<Record<number, () => unknown>> = {
      20: () => endOf(first, 'SIGKILL'),
      60: () => endOf(second, 'SIGKILL'),
      90: async () => {
        third.kill('SIGSTOP');
        await pause(4000 * LOCK_SECONDS);
        third.kill('SIGCONT');
      },
      140: () => redis.restart(),
    };
    try {
      const outcomes = await overQueue(tiny, { ...words, folder: path('queued') }, ({ job }, count) => {
        ended.set(job.id, (ended.get(job.id) ?? 0) + 1);
        const event = at[count]?.();
        if (event) events.push(Promise.resolve(event));
      });
      await Promise.all(events);
      assert.equal(events.length, 4);
      assert.ok(
        outcomes.every(({ state }) => state === 'done'),
        JSON.stringify(outcomes.filter(({ state }) => state !== 'done')),
      );
      assert.deepEqual(
        outcomes.map(({ job }) => job.id),
        local.map(({ job }) => job.id),
      );
      assert.equal(ended.size, 200);
      assert.ok([...ended.values()].every((times) => times === 1));
      for (const { job } of local)
        assert.deepEqual(
          await readFile(resultFile(path('queued'), job)),
          await readFile(resultFile(path('local'), job)),
        );
      const results = (await readdir(path('store/jobs'), { recursive: true })).filter((name) =>
        name.endsWith('result.json'),
      );
      assert.equal(results.length, 200);
      console.log(
        `200 jobs: begun ${(await readFile(tiny.log, 'utf8')).length} times, every result once, equal to the local run`,
      );
    } finally {
      await Promise.all(workers.map((one) => endOf(one, 'SIGKILL')));
      await redis.stop();
    }
  });
});

const MAIN = fileURLToPath(
  new URL(`../../src/cli/main.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

test('a training whose worker is killed, and one whose worker is told to end, go on elsewhere to the same bits', {
  skip: NO_REDIS,
  timeout: 300_000,
}, async ({ signal }) => {
  await inFolder(async (path) => {
    const redis = await startRedis(path('.'), ['--requirepass', 'a secret']);
    // Some seconds of training on a fast machine: it must still be under way when its worker is killed, and when the next one is told to end.
    const options = { limit: 256, 'test-limit': 20, epochs: 60, width: 0.25 };
    const study = { name: 'long', stages: [{ name: 'train', command: 'train', options }] };
    await writeFile(path('study.json'), JSON.stringify(study));
    const env = { ...process.env, STRELU_QUEUE: `redis://:a%20secret@127.0.0.1:${redis.port}` };
    let said = '';
    const children: ChildProcess[] = [];
    const strelu = (...words: string[]) => {
      const child = spawn(process.execPath, [MAIN, ...words], {
        env,
        cwd: path('.'),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text) => {
          said += text;
        });
      return child;
    };
    const worker = (name: string) =>
      strelu(
        'worker',
        '--store',
        path('store'),
        '--dir',
        path(name),
        '--jobs',
        '1',
        '--checkpoint-seconds',
        '0',
        '--lock-seconds',
        `${LOCK_SECONDS}`,
      );
    try {
      const [status] = await once(strelu('sweep', path('study.json'), '--dir', path('local')), 'exit');
      assert.equal(status, 0, said);
      const sweep = strelu(
        'sweep',
        path('study.json'),
        '--dir',
        path('queued'),
        '--queue',
        redis.url,
        '--store',
        path('store'),
        '--json',
        path('result.json'),
      );
      const over = (): string | null =>
        sweep.exitCode === null ? null : `the study ended with ${sweep.exitCode} before: ${said}`;
      const checkpoint = async (but?: string): Promise<string | null> => {
        const found = await readdir(path('store/jobs'), { recursive: true }).catch(() => []);
        const name = found.find((one) => one.endsWith('checkpoint.safetensors'));
        const bytes = name && (await readFile(path(join('store/jobs', name)), 'latin1').catch(() => null));
        return bytes && bytes !== but ? bytes : null;
      };
      const one = worker('one');
      const before = await until('the first checkpoint', checkpoint, { signal, over });
      await endOf(one, 'SIGKILL');
      const two = worker('two');
      await until('a checkpoint of the second worker', () => checkpoint(before), { signal, over });
      await endOf(two, 'SIGTERM');
      assert.equal(two.exitCode, 143, said);
      assert.match(said, /1 job went back to the queue/);
      const three = worker('three');
      const [ended] = await once(sweep, 'exit');
      assert.equal(ended, 0, said);
      await endOf(three, 'SIGTERM');
      const network = async (folder: string): Promise<Buffer> => {
        const [name] = (await readdir(path(folder), { recursive: true })).filter((file) =>
          /(?<!checkpoint)\.safetensors$/.test(file),
        );
        return readFile(path(join(folder, name!)));
      };
      assert.deepEqual(await network('store'), await network('local'));
      const left = (await readdir(path('store'), { recursive: true })).filter((name) =>
        name.includes('checkpoint'),
      );
      assert.deepEqual(left, []);
      for (const text of [said, await readFile(path('result.json'), 'utf8')])
        assert.doesNotMatch(text, /a secret|a%20secret/);
      console.log(
        'a training killed on one worker and stopped on another ended on a third with the bits of an undisturbed one',
      );
    } finally {
      for (const child of children) child.kill('SIGKILL');
      await redis.stop();
    }
  });
});
