/** @file One worker on a real Redis: a job that outlasts its lock is done once; so many at a time, and so many in a minute, as asked for. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { queueAddress } from '../../../../src/lab/sweep/queue/address.ts';
import { openQueue } from '../../../../src/lab/sweep/queue/open-queue.ts';
import { queueJobs } from '../../../../src/lab/sweep/queue/queue-jobs.ts';
import { queueStatus } from '../../../../src/lab/sweep/queue/status.ts';
import { startWorker } from '../../../../src/lab/sweep/queue/worker.ts';
import { openStore } from '../../../../src/lab/sweep/stores/open-store.ts';
import { inFolder } from '../../../support/in-folder.ts';
import { NO_REDIS, startRedis } from '../../../support/redis.ts';
import { TINY_FACTS, tinyStudy } from '../../../support/tiny-study.ts';

test('two jobs at a time, each of three locks, then none for the rest of the minute; another worker has no such rate', {
  skip: NO_REDIS,
  timeout: 240_000,
}, async () => {
  await inFolder(async (path) => {
    const redis = await startRedis(path('.'));
    const { jobs, program, log } = await tinyStudy(path('tiny'), 3, { ms: 3000 });
    const trainings = jobs.filter(({ command }) => command === 'train');
    const [store, queue] = [
      await openStore(path('store')),
      await openQueue(queueAddress(redis.url), 'sweep'),
    ];
    const begun = async (): Promise<number> => (await readFile(log, 'utf8')).length;
    const start = (rate: number | null) =>
      startWorker({
        ...{ queue, store, program, rate, lockSeconds: 1, processes: 2, folder: path('worker') },
        here: { version: '1', bits: 'fused', storeId: async () => 's', facts: TINY_FACTS },
        within: { environment: process.env },
        tell: () => {},
      });
    const worker = await start(2);
    let ended = 0;
    try {
      const running = queueJobs({
        ...{ queue, jobs: trainings, folder: path('queued') },
        context: { version: '1', bits: 'fused', store, storeId: 's', facts: TINY_FACTS },
        onEnd: () => void ended++,
      });
      while (worker.running() < 2) await pause(10);
      while (ended < 2) await pause(50);
      await pause(1000);
      assert.equal(await begun(), 2, 'the third waits, and none was taken for stalled');
      assert.equal((await queueStatus(queue)).jobs.waiting, 1);
      assert.deepEqual(await worker.drain(0), { back: 0, told: true });
      const other = await start(null);
      assert.ok((await running).every(({ state }) => state === 'done'));
      assert.equal(await begun(), 3);
      await other.drain(0);
    } finally {
      await queue.close();
      await redis.stop();
    }
  });
});
