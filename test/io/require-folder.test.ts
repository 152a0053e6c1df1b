/** @file Wherever a folder is expected, a file is named as such, and so is one on the way to it; nothing is made or changed. */
import assert from 'node:assert/strict';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createCommandFiles } from '../../src/cli/command-files.ts';
import { fetchFile } from '../../src/io/fetch-file.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { makeFolder, notAFolder, requireFolder } from '../../src/io/require-folder.ts';
import { openTrainingLog } from '../../src/io/training-log.ts';
import { inFolder } from '../support/in-folder.ts';

test('a folder passes, and so does nothing, also through links; a file does not', async () => {
  await inFolder(async (path) => {
    await mkdir(path('folder'));
    await writeFile(path('file'), '');
    for (const [link, target] of [
      ['to-folder', 'folder'],
      ['to-file', 'file'],
      ['to-nothing', 'nothing'],
    ] as const)
      await symlink(target, path(link));
    for (const name of ['folder', 'folder/new', 'new', 'to-folder/new', 'to-nothing'])
      assert.equal(notAFolder(path(name)), null, name);
    for (const name of ['file', 'to-file']) assert.equal(notAFolder(path(name)), path(name));
    assert.equal(notAFolder(path('file/a/b')), path('file'));
  });
});

test('every reader and writer of a folder says what it found in its place', async () => {
  await inFolder(async (path) => {
    await writeFile(path('file'), '');
    const here = /file: expected a folder, found a file; name a folder$/;
    const below = /below: expected a folder, found a file at .*file; name a folder$/;
    const stated = {
      path: 'set/part',
      bytes: 1,
      digest: { name: 'sha256', hex: '0'.repeat(64) },
    } as const;
    const uses: readonly (readonly [string, (folder: string) => unknown])[] = [
      ['check', requireFolder],
      ['make', makeFolder],
      ['a result', (folder) => createCommandFiles().writesInto('--dir', folder)],
      ['a log', openTrainingLog],
      ['published sets', (directory) => openDataset('mnist', 'test', { directory })],
      ['pictures', (folder) => openDataset(`folder:${folder}`, 'train', { split: 0.5 })],
      ['arrays', (folder) => openDataset(`idx:${folder}`, 'train')],
      ['a download', (folder) => fetchFile(`${folder}/part`, stated, [])],
    ];
    for (const [name, use] of uses)
      for (const [folder, message] of [
        ['file', here],
        ['file/below', below],
      ] as const)
        await assert.rejects(
          async () => use(path(folder)),
          (error: Error) => error.name === 'InputError' && message.test(error.message),
          `${name}, ${folder}`,
        );
    assert.throws(
      () => createCommandFiles().writesInto('--dir', path('file')),
      /^InputError: --dir .*file: expected a folder/,
    );
    assert.deepEqual(await readdir(path('.')), ['file']);
  });
});
