/** @file What the check before the work says is what the write after it does. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { checkOutput } from '../../src/io/check-output.ts';
import { realPlace } from '../../src/io/real-place.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { inFolder } from '../support/in-folder.ts';

test('it passes where the write succeeds and refuses where it fails, and leaves nothing', async () => {
  await inFolder(async (path) => {
    await mkdir(path('folder/inside'), { recursive: true });
    await writeFile(path('file'), '');
    await symlink('folder', path('to-folder'));
    await symlink('loop', path('loop'));
    const before = (await readdir(path('.'), { recursive: true })).sort();
    const cases: readonly (readonly [string, RegExp | null])[] = [
      ['new', null],
      ['file', null],
      ['a/b/c/new', null],
      ['to-folder/new', null],
      [`${'x'.repeat(255)}`, null],
      [`${'x'.repeat(256)}`, /a shorter name/],
      [`a/${'ü'.repeat(128)}`, /a shorter name/],
      [`${'y'.repeat(300)}/new`, /a shorter name/],
      ['folder', /expected a file name, found a folder/],
      ['new/', /a file's name, found a folder's/],
      ['to-folder', /found a folder/],
      ['file/new', /expected .*file to be a folder, found a file/],
      ['file/a/b', /expected .*file to be a folder, found a file/],
    ];
    for (const [name, message] of cases) {
      const target = `${path('.')}/${name}`;
      if (message) assert.throws(() => checkOutput(target), message, name.slice(0, 20));
      else checkOutput(target);
      assert.deepEqual((await readdir(path('.'), { recursive: true })).sort(), before, name.slice(0, 20));
    }
    for (const [name, message] of cases) {
      if (name.endsWith('/')) continue; // Node itself takes the name without the slash
      const written = writeAtomic(`${path('.')}/${name}`, 'x');
      if (message) await assert.rejects(written, /InputError: .*cannot be written/, name.slice(0, 20));
      else await written;
    }
  });
});

test('a device is no file to be made: it may be written; in /proc nothing is made', () => {
  if (existsSync('/dev/null')) checkOutput('/dev/null');
  if (existsSync('/proc/self'))
    assert.throws(
      () => checkOutput('/proc/strelu-no-such'),
      /cannot be written: expected a place on a disk; choose/,
    );
});

test('a folder that may not be written is named, and nothing of the folders below it stays', async () => {
  await inFolder(async (path) => {
    await writeFile(path('file'), '');
    await symlink('round', path('round'));
    assert.throws(() => checkOutput(`${path('round')}/new`), /^InputError: .*round/);
    checkOutput(path('a/b'));
    await mkdir(path('a'));
    checkOutput(path('a/b/c'));
    assert.deepEqual((await readdir(path('.'), { recursive: true })).sort(), ['a', 'file', 'round']);
  });
});

test('a place has one spelling, through links, links to nothing and detours', async () => {
  await inFolder(async (path) => {
    await mkdir(path('real'));
    await symlink('real', path('link'));
    await symlink('link/file', path('dangling'));
    const place = realPlace(path('real/file'));
    for (const other of ['link/file', 'dangling', 'real/../link/./file'])
      assert.equal(realPlace(`${path('.')}/${other}`), place, other);
    await writeFile(path('real/file'), '');
    assert.equal(realPlace(path('dangling')), place);
    assert.notEqual(realPlace(path('real/other')), place);
  });
});

test('a path that leaves no room for the temporary name is refused by both, and no folder stays', () =>
  inFolder(async (path) => {
    const folder = path('.');
    for (const bytes of [3900, 4090]) {
      const inside = 'n'.repeat(bytes - folder.length - 1).replace(/.{200}(?=..)/g, `${'n'.repeat(199)}/`);
      const target = `${folder}/${inside}`;
      const write = writeAtomic(target, 'x');
      if (bytes === 4090) {
        assert.throws(() => checkOutput(target), /^InputError: /);
        await assert.rejects(write, /^InputError: /);
        assert.deepEqual((await readdir(folder)).length, 1, 'of the one before');
      } else {
        checkOutput(target);
        await write;
      }
    }
  }));
