/** @file A study over a real Redis, with workers in this process: the results of a local run, byte for byte; a store that is full. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { test } from 'node:test';
import { InputError } from '../../../../src/errors.ts';
import { resultFile } from '../../../../src/lab/sweep/job-files.ts';
import { queueAddress } from '../../../../src/lab/sweep/queue/address.ts';
import { openQueue } from '../../../../src/lab/sweep/queue/open-queue.ts';
import { queueJobs } from '../../../../src/lab/sweep/queue/queue-jobs.ts';
import { keyOf, storedNetwork, storedResult } from '../../../../src/lab/sweep/queue/queued-job.ts';
import { metricsText, queueStatus } from '../../../../src/lab/sweep/queue/status.ts';
import { storeId } from '../../../../src/lab/sweep/queue/store-id.ts';
import { startWorker } from '../../../../src/lab/sweep/queue/worker.ts';
import { runJobs } from '../../../../src/lab/sweep/run-jobs.ts';
import { openStore } from '../../../../src/lab/sweep/stores/open-store.ts';
import { inFolder } from '../../../support/in-folder.ts';
import { NO_REDIS, startRedis } from '../../../support/redis.ts';
import { TINY_FACTS, tinyStudy } from '../../../support/tiny-study.ts';

test('the outcomes of a local run, byte for byte; a worker of another version leaves jobs alone; a full store loses nothing', {
  skip: NO_REDIS,
  timeout: 240_000,
}, async () => {
  await inFolder(async (path) => {
    const redis = await startRedis(path('.'));
    const { jobs, program, log } = await tinyStudy(path('tiny'), 1, { widths: [1, 13] });
    const local = await runJobs({ jobs, folder: path('local'), program, processes: 2 });
    const begun = async (): Promise<number> => (await readFile(log, 'utf8')).length;
    const queue = await openQueue(queueAddress(redis.url), 'sweep');
    const store = await openStore(path('store'));
    let isFull = true;
    const filling: typeof store = {
      ...store,
      async put(name, bytes) {
        if (isFull && name.endsWith('result.json'))
          throw new InputError(`${store.place}: no space left; remove files, or name another store`);
        await store.put(name, bytes);
      },
    };
    const id = await storeId(store);
    const told: string[] = [];
    const start = (folder: string, version: string) =>
      startWorker({
        ...{
          queue,
          store: filling,
          program,
          rate: null,
          lockSeconds: 30,
          processes: 2,
          folder: path(folder),
        },
        here: { version, bits: 'fused', storeId: async () => id, facts: TINY_FACTS },
        within: { environment: process.env },
        tell: (line) => void told.push(line),
      });
    const other = await start('other', '0');
    const worker = await start('worker', '1');
    try {
      const context = { version: '1', bits: 'fused', store, storeId: id, facts: TINY_FACTS } as const;
      const refusals: string[] = [];
      const request = {
        ...{ queue, context, jobs, folder: path('queued'), lookMs: 500 },
        onRefusal: (line: string) => void refusals.push(line),
      };
      const trainings = jobs.filter(({ command }) => command === 'train');
      const full = await queueJobs({ ...request, jobs: trainings });
      assert.deepEqual(
        full.map(({ state, error }) => [state, error?.replace(path('store'), 'store')]),
        [
          ['failed', 'store: no space left; remove files, or name another store'],
          ['failed', 'conv1: no luck with 13'],
        ],
      );
      isFull = false;
      const before = await begun();
      const outcomes = await queueJobs(request);
      const summary = (list: typeof local) => list.map(({ job, state, error }) => [job.id, state, error]);
      assert.deepEqual(summary(outcomes), summary(local));
      for (const { job, state } of local)
        if (state === 'done')
          assert.deepEqual(
            await readFile(resultFile(path('queued'), job)),
            await readFile(resultFile(path('local'), job)),
          );
      // 2 conversions, 2 simulations, 3 tries of what fails; the training was done when the store was full
      assert.equal((await begun()) - before, 7);
      assert.match(told.join('\n'), /train: refused: version: expected strelu 1, .* found 0/);
      assert.match(refusals.join('\n'), /: version: expected strelu 1, which the study is of, found 0/);
      const status = await queueStatus(queue);
      const { waiting, delayed, active, later, completed, failed } = status.jobs;
      assert.deepEqual([waiting, delayed, active, later, completed, failed], [0, 0, 0, 0, 5, 1]);
      assert.deepEqual([status.workers, status.secondsLeft], [2, 0]);
      assert.match(metricsText(status), /^strelu_queue_jobs\{state="completed"\} 5$/m);
      const sound = jobs.filter(({ setting }) => setting['train.width'] === 1);
      const again = await queueJobs({ ...request, jobs: sound });
      assert.ok(again.every(({ state, earlier }) => state === 'done' && earlier));
      // a network that something removed is made again where a job needs it
      const lost = sound.find(({ command }) => command === 'simulate')!;
      const network = storedNetwork(keyOf(lost.parent!, 'fused'));
      for (const name of [storedResult(keyOf(lost, 'fused')), network]) await store.remove(name);
      const remade = await queueJobs({ ...request, jobs: sound });
      assert.deepEqual(
        remade.filter(({ earlier }) => !earlier).map(({ job, state }) => [job.id, state]),
        [
          [lost.parent!.id, 'done'],
          [lost.id, 'done'],
        ],
      );
      assert.ok(await store.has(network));
    } finally {
      await Promise.all([other, worker].map((one) => one.drain(0)));
      await queue.close();
      await redis.stop();
    }
  });
});

test('a worker that is told to end while its queue is away does end, and says so; its job goes on when the queue is back', {
  skip: NO_REDIS,
  timeout: 240_000,
}, async () => {
  await inFolder(async (path) => {
    const redis = await startRedis(path('.'), ['--appendonly', 'yes', '--appendfsync', 'always']);
    const { jobs, program } = await tinyStudy(path('tiny'), 1, { ms: 60_000 });
    const store = await openStore(path('store'));
    const [training] = jobs;
    const context = { version: '1', bits: 'fused', store, storeId: 's', facts: TINY_FACTS } as const;
    const [sweep, queue] = await Promise.all(
      ['sweep', 'worker'].map((command) => openQueue(queueAddress(redis.url), command)),
    );
    const request = {
      store,
      program,
      rate: null,
      processes: 1,
      tell: () => {},
      within: { environment: process.env },
    };
    const start = (folder: string, by: NonNullable<typeof queue>, quick = program) =>
      startWorker({
        ...{ ...request, program: quick, queue: by, folder: path(folder), lockSeconds: 2 },
        here: { version: '1', bits: 'fused', storeId: async () => 's', facts: TINY_FACTS },
      });
    const worker = await start('one', queue!);
    const running = queueJobs({
      queue: sweep!,
      context,
      jobs: [training!],
      folder: path('queued'),
      lookMs: 300,
    });
    while (worker.running() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await redis.stop();
    assert.deepEqual(await worker.drain(0), { back: 0, told: false });
    assert.equal(worker.running(), 0, 'the job is stopped here');
    await queue!.close();
    await redis.restart();
    const again = await openQueue(queueAddress(redis.url), 'worker');
    const [first, ...words] = program;
    const other = await start('two', again, [first, ...words.slice(0, -1), '0']);
    try {
      assert.deepEqual(
        (await running).map(({ state }) => state),
        ['done'],
      );
    } finally {
      await other.drain(0);
      await Promise.all([sweep!.close(), again.close()]);
      await redis.stop();
    }
  });
});
