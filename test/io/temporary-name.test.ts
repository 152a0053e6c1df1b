/** @file Names of files that are being written never meet, fit every file system, and are swept when their writer is gone. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkOutput } from '../../src/io/check-output.ts';
import { lockFile } from '../../src/io/file-lock.ts';
import { removeLeftovers, sweepFolder, temporaryName } from '../../src/io/temporary-name.ts';
import { inFolder } from '../support/in-folder.ts';

/** The number of a process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['--version']).pid;

/** As another process would have called it. */
const by = (pid: number, target: string): string =>
  temporaryName(target).replace(`.${process.pid}-`, `.${pid}-`);

test('no two names are alike, whatever the target, and none is too long', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }), (name) => {
      const target = `/tmp/${name.replaceAll('/', '_')}`;
      const [a, b] = [temporaryName(target), temporaryName(target)];
      assert.notEqual(a, b);
      assert.ok(new TextEncoder().encode(basename(a)).length <= 255);
    }),
  );
});

test('the check before the work, and a lock, remove what those left who were killed at it', async () => {
  await inFolder(async (path) => {
    const dead = gone();
    for (const look of [checkOutput, async (target: string) => (await lockFile(target)).release()]) {
      const left = by(dead, path('file'));
      await writeFile(left, 'half');
      await writeFile(by(dead, path('other')), 'half');
      await look(path('file'));
      const names = (await readdir(path('.'))).filter((name) => name.endsWith('.partial'));
      assert.deepEqual([names.length, names[0]?.startsWith('.other.')], [1, true]);
      await sweepFolder(path('.'));
    }
  });
});

test('the folder that stood in for a missing one goes where nothing lies in it, and nothing else is lost', async () => {
  await inFolder(async (path) => {
    const left = [by(gone(), path('runs')), by(gone(), path('runs'))] as const;
    for (const look of [() => sweepFolder(path('.')), async () => checkOutput(path('runs/file'))]) {
      for (const folder of left) await mkdir(folder, { recursive: true });
      await writeFile(`${left[1]}/mine`, 'x');
      await look();
      assert.deepEqual(await readdir(path('.')), [basename(left[1])]);
      assert.deepEqual(await readdir(left[1]), ['mine']);
    }
  });
});

test('what a killed writer left goes; what is being written, or is of another file or machine, stays', async () => {
  await inFolder(async (path) => {
    const long = 'x'.repeat(100);
    const [a, b] = [path(`${long}-a`), path(`${long}-b`)];
    const dead = gone();
    const foreign = by(dead, a).replace(/\.[0-9a-f]{8}\.(\d+-)/, '.00000000.$1');
    const [deadA, deadB, mine] = [by(dead, a), by(dead, b), temporaryName(a)];
    for (const file of [deadA, deadB, mine, foreign, path('.other.1-1.partial')])
      await writeFile(file, 'half');
    const left = async (): Promise<string[]> =>
      (await readdir(path('.'))).map((name) => join(path('.'), name)).sort();
    await removeLeftovers(a);
    assert.deepEqual(await left(), [deadB, mine, foreign, path('.other.1-1.partial')].sort());
    await sweepFolder(path('.'));
    assert.deepEqual(await left(), [mine, foreign, path('.other.1-1.partial')].sort());
  });
});
