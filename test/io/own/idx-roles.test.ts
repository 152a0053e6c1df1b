/** @file What IDX files are for, by their names: of a packed and an unpacked one the unpacked, in whatever order they are met. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idxRoles, isIdxName } from '../../../src/io/own/idx-roles.ts';

test('an unpacked file comes before a packed one, wherever it stands', () => {
  const [plain, packed] = ['train-images-idx3-ubyte', 'train-images-idx3-ubyte.gz'];
  for (const names of [[plain, packed], [packed, plain], [packed, plain, packed], [plain]])
    assert.deepEqual([...idxRoles('.', names)!], [['train images', plain]]);
  assert.deepEqual([...idxRoles('.', [packed])!], [['train images', packed]]);
});

test('all four roles, under other spellings; other files are passed over', () => {
  const names = [
    'X-TRAIN.images.idx',
    'x-notes.txt',
    'X-train_labels',
    'X-t10k-images.idx3-ubyte',
    'X-test-labels',
  ];
  assert.deepEqual(
    [...idxRoles('.', names)!],
    [
      ['train images', names[0]],
      ['train labels', names[2]],
      ['test images', names[3]],
      ['test labels', names[4]],
    ],
  );
  assert.deepEqual(names.map(isIdxName), [true, false, true, true, true]);
  assert.equal(idxRoles('.', ['x-notes.txt', 'trainimages']), null);
  assert.equal(idxRoles('.', []), null);
});

test('files of two sets are refused by their beginnings', () => {
  assert.throws(
    () => idxRoles('dir', ['a-train-images', 'train-images']),
    /^InputError: dir: expected the files of one set, found those of a-, \(no prefix\); give the four names$/,
  );
});
