/** @file What a failed system call is called: by its code in words, else by its own first line. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { errorCode, isFile, jsonOf, readBytes, readJson, systemReason } from '../../src/io/files.ts';
import { inFolder } from '../support/in-folder.ts';

test('only errors of the system have a code', () => {
  assert.equal(errorCode(Object.assign(new Error('x'), { code: 'ENOENT' })), 'ENOENT');
  for (const other of [
    new Error('x'),
    Object.assign(new Error('x'), { code: 5 }),
    { code: 'ENOENT' },
    'ENOENT',
    null,
  ])
    assert.equal(errorCode(other), '');
});

test('reasons', () => {
  const reason = (code: string): string => systemReason(Object.assign(new Error('first\nsecond'), { code }));
  assert.deepEqual(
    ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ENOSPC', 'EROFS', 'ELSE'].map(reason),
    [
      'no such file',
      'a part of its path is not a directory',
      'is a directory, not a file',
      'permission denied',
      'not permitted',
      'no space left on the device',
      'the file system is read-only',
      'first',
    ],
  );
  assert.equal(systemReason('words'), 'words');
});

test('a byte order mark is passed over, whole and only in front', async () => {
  const bytes = (...marks: readonly number[]): Uint8Array =>
    Uint8Array.from([...marks, ...new TextEncoder().encode('{"a": 1}')]);
  assert.deepEqual(jsonOf(bytes(), 'x'), { a: 1 });
  assert.deepEqual(jsonOf(bytes(0xef, 0xbb, 0xbf), 'x'), { a: 1 });
  for (const marks of [
    [0xef, 0xbb],
    [0xef, 0xbb, 0xbe],
    [0xef, 0xba, 0xbf],
    [0xee, 0xbb, 0xbf],
  ])
    assert.throws(() => jsonOf(bytes(...marks), 'x'), /^InputError: x: /);
});

test('what cannot be read is named; a folder is no file', async () => {
  await inFolder(async (path) => {
    await mkdir(path('folder'));
    await writeFile(path('file'), '[1, 2]');
    assert.deepEqual([...(await readBytes(path('file')))], [...new TextEncoder().encode('[1, 2]')]);
    assert.deepEqual(await readJson(path('file')), [1, 2]);
    assert.deepEqual(await Promise.all(['file', 'folder', 'none'].map((name) => isFile(path(name)))), [
      true,
      false,
      false,
    ]);
    await assert.rejects(readBytes(path('none')), /^InputError: .*none: cannot be read \(no such file\)$/);
    await assert.rejects(readJson(path('folder')), /^InputError: .*folder: cannot be read \(is a directory/);
  });
});
