/**
 * @file A study over a real Redis and a bucket of the loopback's S3: two workers that share nothing else. Files that jobs read, networks,
 * checkpoints and results go through the bucket; a full one and one that fails for a while lose nothing.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { resultFile } from '../../../../src/lab/sweep/job-files.ts';
import { runJobs } from '../../../../src/lab/sweep/run-jobs.ts';
import { overQueue, workerHere } from '../../../queue/workers.ts';
import { inFolder } from '../../../support/in-folder.ts';
import { NO_REDIS, startRedis } from '../../../support/redis.ts';
import { KEY, startS3Server } from '../../../support/s3-server.ts';
import { tinyStudy } from '../../../support/tiny-study.ts';
import { s3Variables, withVariables } from '../../../support/variables.ts';

test('models, data and checkpoints through a bucket: the bytes of a local run; full, then failing for a while: nothing is lost', {
  skip: NO_REDIS,
  timeout: 240_000,
}, async () => {
  await inFolder(async (path) => {
    const [redis, server] = [await startRedis(path('.')), await startS3Server(['study'])];
    await writeFile(path('own.npz'), 'images of a kind');
    const tiny = await tinyStudy(path('tiny'), 2, { options: { teacher: path('own.npz') } });
    const local = await runJobs({ ...tiny, folder: path('local'), processes: 2 });
    const words = { url: redis.url, store: 's3://study/of/me', program: tiny.program, lockSeconds: 30 };
    const start = (name: string) => workerHere({ ...words, folder: path(name) });
    const names = (ending: string): string[] =>
      [...server.objects.keys()].filter((name) => name.endsWith(ending));
    const ends = new Map<string, () => Promise<void>>();
    await withVariables(s3Variables(server.url), async () => {
      try {
        // a training that one worker begins goes on at another
        process.env.TINY_HALF = '1';
        ends.set('one', await start('one'));
        const trainings = tiny.jobs.filter(({ command }) => command === 'train');
        const half = overQueue({ jobs: trainings }, { ...words, folder: path('queued') });
        for (let i = 0; names('checkpoint.safetensors').length === 0 && i < 1000; i++) await pause(10);
        assert.ok(names('checkpoint.safetensors').length > 0);
        await ends.get('one')!();
        ends.delete('one');
        delete process.env.TINY_HALF;
        ends.set('two', await start('two'));
        assert.ok((await half).every(({ state }) => state === 'done'));
        assert.deepEqual(names('checkpoint.safetensors'), [], 'a checkpoint goes when its training is done');
        assert.equal(names('network.safetensors').length, 2);
        assert.equal(
          [...server.objects.values()].filter((bytes) => bytes.length === 16).length,
          1,
          'the file, once',
        );

        ends.set('one', await start('one'));
        server.meets = (method, name) =>
          method === 'PUT' && name.endsWith('result.json')
            ? { status: 507, code: 'XMinioStorageFull' }
            : null;
        const full = await overQueue(tiny, { ...words, folder: path('queued') });
        const failed = full.filter(({ state }) => state === 'failed');
        assert.equal(failed.length, 4, 'every conversion');
        for (const { error } of failed)
          assert.match(
            error!,
            /s3:\/\/study\/of\/me: jobs\/.*result\.json was not stored: .* found a full store .*; remove/,
          );
        assert.ok(full.every(({ error = '' }) => !error.includes(KEY.secret) && !error.includes(KEY.id)));
        assert.equal(names('network.safetensors').length, 6, 'what was made before stays');

        let fails = 0;
        server.meets = (method) =>
          method !== 'GET' && ++fails % 3 === 1 && fails < 40 ? { status: 503, code: 'SlowDown' } : null;
        const outcomes = await overQueue(tiny, { ...words, folder: path('queued') });
        assert.deepEqual(
          outcomes.map(({ job, state, error }) => [job.id, state, error]),
          local.map(({ job, state, error }) => [job.id, state, error]),
        );
        assert.ok(fails > 10, 'the bucket did fail');
        for (const { job } of local)
          assert.deepEqual(
            await readFile(resultFile(path('queued'), job)),
            await readFile(resultFile(path('local'), job)),
          );
        assert.equal(names('result.json').length, tiny.jobs.length);
      } finally {
        delete process.env.TINY_HALF;
        for (const end of ends.values()) await end();
      }
    });
    await server.close();
    await redis.stop();
  });
});
