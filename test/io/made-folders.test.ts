/** @file A folder that one command makes, and removes again, is no reason for another to fail. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { makeFolders } from '../../src/io/made-folders.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { inFolder } from '../support/in-folder.ts';

const THREAD = new URL(`./using-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

test('commands that use one missing folder at the same time do not refuse one another', () =>
  inFolder(async (path) => {
    const refusals = await Promise.all(
      ['check', 'check', 'lock', 'lock', 'write', 'folder'].map(async (use, i) => {
        const thread = new Worker(THREAD, {
          workerData: { use, path: path(`runs/compare/file-${i}`), times: 200 },
        });
        const [refusal] = (await once(thread, 'message')) as [string | null];
        return [use, refusal];
      }),
    );
    assert.deepEqual(
      refusals.filter(([, refusal]) => refusal !== null),
      [],
    );
  }));

test('commands that only check leave nothing of a missing folder, however many at a time', () =>
  inFolder(async (path) => {
    await Promise.all(
      Array.from({ length: 3 }, async () => {
        const thread = new Worker(THREAD, {
          workerData: { use: 'check', path: path('runs/compare/file'), times: 200 },
        });
        assert.deepEqual(await once(thread, 'message'), [null]);
      }),
    );
    assert.deepEqual(await readdir(path('.')), []);
  }));

test('where one of several may not be made none stays, and the first reason is told', () =>
  inFolder(async (path) => {
    const tooLong = path(`a/${'n'.repeat(256)}/b`);
    assert.throws(() => makeFolders(tooLong), { code: 'ENAMETOOLONG' });
    await assert.rejects(writeAtomic(`${tooLong}/file`, 'x'), /InputError: .*the name is too long/);
    assert.deepEqual(await readdir(path('.')), []);
    await writeFile(path('file'), 'x');
    assert.throws(() => makeFolders(path('file/a')), { code: 'ENOTDIR' });
    if (existsSync('/proc/self'))
      await assert.rejects(writeAtomic('/proc/strelu-no-such/file', 'x'), /InputError: .*cannot be written/);
  }));

test('folders that were made go again; one in which somebody has put something stays', () =>
  inFolder(async (path) => {
    makeFolders(path('a/b/c'))();
    assert.deepEqual(await readdir(path('.')), []);
    const unmake = makeFolders(path('a/b/c'));
    makeFolders(path('a/other'));
    unmake();
    assert.deepEqual((await readdir(path('.'), { recursive: true })).sort(), ['a', 'a/other']);
  }));
