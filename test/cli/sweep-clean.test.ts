/** @file `sweep clean`: what it removes, what it refuses, and that it waits for studies that are under way. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { queueAddress } from '../../src/lab/sweep/queue/address.ts';
import { openQueue } from '../../src/lab/sweep/queue/open-queue.ts';
import { inFolder } from '../support/in-folder.ts';
import { NO_REDIS, startRedis } from '../support/redis.ts';
import { strelu } from './spawn.ts';

test('what is old goes, once it is said how old; a dry run only tells', async () => {
  await inFolder(async (path) => {
    const place = path('store/jobs/job-a');
    await mkdir(place, { recursive: true });
    await writeFile(`${place}/result.json`, '{}');
    await writeFile(path('store/store-id'), 'one');
    await utimes(`${place}/result.json`, new Date('2020-01-01'), new Date('2020-01-01'));
    const clean = (...words: string[]) =>
      strelu(['sweep', 'clean', '--store', 'store', ...words], {
        cwd: path('.'),
        environment: { STRELU_QUEUE: '' },
      });
    for (const [words, message] of [
      [[], /sweep clean: expected --older-than DAYS, found none/],
      [['--older-than', '30', '--csv', 'x'], /--csv: would change nothing for sweep clean/],
    ] as const) {
      const { status, stderr } = await clean(...words);
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
    }
    const misspelt = await strelu(['sweep', 'clean', '--store', 'stroe', '--older-than', '30'], {
      cwd: path('.'),
      environment: { STRELU_QUEUE: '' },
    });
    assert.equal(misspelt.status, 1);
    assert.match(misspelt.stderr, /stroe: expected a store, found nothing there; check the place/);
    assert.ok(!existsSync(path('stroe')));
    const dry = await clean('--older-than', '30', '--dry-run');
    assert.match(
      dry.stdout,
      /store: would remove 1 job and 0 files that jobs read, 2\.00 B, older than 30 days/,
    );
    assert.ok(existsSync(`${place}/result.json`));
    const { status, stdout } = await clean('--older-than', '30');
    assert.equal(status, 0);
    assert.match(stdout, /removed 1 job /);
    assert.ok(!existsSync(place));
  });
});

test('while jobs are open in the queue nothing is removed', {
  skip: NO_REDIS,
  timeout: 240_000,
}, async () => {
  await inFolder(async (path) => {
    const redis = await startRedis(path('.'));
    const queue = await openQueue(queueAddress(redis.url), 'sweep');
    try {
      await queue.jobs.add('waiting', {});
      const { status, stderr } = await strelu(
        ['sweep', 'clean', '--older-than', '0', '--store', 'store', '--queue', redis.url],
        { cwd: path('.') },
      );
      assert.equal(status, 1, stderr);
      assert.match(
        stderr,
        /expected no open jobs, found 1, which may take what would be removed; clean when they are done/,
      );
      assert.ok(!existsSync(path('store')));
    } finally {
      await queue.close();
      await redis.stop();
    }
  });
});
