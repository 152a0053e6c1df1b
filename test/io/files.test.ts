/** @file What a failed system call is called: by its code in words, else by its own first line. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode, systemReason } from '../../src/io/files.ts';

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
