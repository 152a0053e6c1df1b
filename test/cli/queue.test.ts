/** @file Queues that cannot be used, at the command line: one line that says why and what to do, no stack, no password. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { NO_REDIS, startRedis } from '../support/redis.ts';
import { strelu } from './spawn.ts';

/** @returns the line, without a password in it */
async function refused(
  words: readonly string[],
  { status, cwd }: { readonly status: number; readonly cwd?: string },
): Promise<string> {
  const found = await strelu([...words, '--quiet'], cwd === undefined ? {} : { cwd });
  assert.equal(found.status, status, found.stderr);
  assert.doesNotMatch(found.stderr, /secret|\n {4}at |unexpected/);
  assert.equal(found.stdout, '');
  assert.equal(found.stderr.trim().split('\n').length, 1, found.stderr);
  return found.stderr;
}

test('unreachable, no address, options that would change nothing', async () => {
  await inFolder(async (path) => {
    const cwd = path('.');
    const study = { name: 'one', stages: [{ name: 'train', command: 'train' }] };
    await writeFile(path('study.json'), JSON.stringify(study));
    for (const [words, status, line] of [
      [
        ['sweep', 'status', '--queue', 'redis://:secret@127.0.0.1:1'],
        1,
        /redis:\/\/127\.0\.0\.1:1: cannot be reached \(.*ECONNREFUSED.*see that Redis runs there/,
      ],
      [['worker', '--queue', 'http://:secret@here'], 2, /--queue: expected redis:\/\/HOST/],
      [['worker', '--queue', 'redis://here', '--seed', '3'], 2, /--seed: would change nothing/],
      [
        ['sweep', 'study.json', '--queue', 'redis://here', '--jobs', '3'],
        2,
        /--jobs: would change nothing: with --queue every worker has its own/,
      ],
      [
        ['sweep', 'study.json', '--seed', '3'],
        2,
        /--seed: would change nothing: a study says it for its jobs/,
      ],
      [['sweep', 'study.json', '--kernels', 'reference'], 2, /--kernels: would change nothing/],
      [['sweep', 'study.json', '--store', 'x'], 2, /--store: would change nothing without --queue/],
    ] as const)
      assert.match(await refused(words, { status, cwd }), line);
  });
});

test('a password that is missing or wrong', { skip: NO_REDIS, timeout: 120_000 }, async () => {
  await inFolder(async (path) => {
    const redis = await startRedis(path('.'), ['--requirepass', 'secret']);
    try {
      for (const [user, found] of [
        ['', /found none; set STRELU_QUEUE to redis:\/\/:PASSWORD@HOST/],
        [':wrong-secret@', /found one that the server refuses/],
      ] as const)
        assert.match(
          await refused(['sweep', 'status', '--queue', redis.url.replace('//', `//${user}`)], { status: 1 }),
          found,
        );
    } finally {
      await redis.stop();
    }
  });
});
