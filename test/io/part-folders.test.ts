import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { partFolders } from '../../src/io/folder/part-folders.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { readFolder } from '../../src/io/open-datasets.ts';
import { csvFiles } from '../../src/io/own/csv-files.ts';
import { inFolder } from '../support/in-folder.ts';
import { writePictures } from '../support/write-pictures.ts';

const SPELLINGS: readonly (readonly [train: string, test: string])[] = [
  ['train', 'test'],
  ['Train', 'Test'],
  ['TRAIN', 'TEST'],
  ['training', 'testing'],
  ['train', 'val'],
  ['Training', 'Validation'],
  ['train', 'valid'],
];

test('folders of training and test images are known in any spelling; classes are not taken for them', () => {
  for (const [train, held] of SPELLINGS) {
    assert.deepEqual(partFolders('leaves', [held, train]), { train, test: held });
    assert.deepEqual(partFolders('leaves', [held]), { train: null, test: held });
  }
  assert.deepEqual(partFolders('leaves', ['train', 'test', 'val']), { train: 'train', test: 'test' });
  assert.deepEqual(partFolders('leaves', ['trains', 'testis', 'valley', 'tra']), { train: null, test: null });
  assert.throws(
    () => partFolders('leaves', ['Train', 'train', 'test']),
    /^InputError: leaves: expected one folder of each part, found Train and train; move one out/,
  );
});

test('pictures in Train and Test, or in train and val, are what they are in train and test; val is told of', () =>
  inFolder(async (path) => {
    const found = [];
    for (const [i, [train, held]] of SPELLINGS.entries()) {
      const root = path(`set-${i}`);
      await writePictures(join(root, train), ['ant', 'bee'], 3);
      await writePictures(join(root, held), ['ant', 'bee'], 2, { seed: 2 });
      const told: string[] = [];
      const sets = await readFolder(root, { log: (line) => void told.push(line) });
      found.push([sets.train.images, sets.test.images, sets.test.mean]);
      const lines = told.filter((line) => line.includes('the test images are those of'));
      assert.equal(lines.length > 0, /^val/i.test(held), told.join());
      assert.ok(lines.every((line) => line.endsWith(` ${held}`)));
      await assert.rejects(
        openDataset(`folder:${root}`, 'train', { split: 0.5 }),
        new RegExp(`has folders ${train} and ${held} already`),
      );
    }
    for (const one of found) assert.deepEqual(one, found[0]);
  }));

test('a third folder beside both parts is named, not passed over', () =>
  inFolder(async (path) => {
    for (const part of ['train', 'val', 'test']) await writePictures(path(`set/${part}`), ['ant', 'bee'], 2);
    await assert.rejects(
      openDataset(`folder:${path('set')}`, 'train'),
      /set\/val: expected train and test alone in .*set; move it out/,
    );
  }));

test('CSV files likewise', () => {
  assert.deepEqual(csvFiles('x', ['a_train.csv', 'a_val.csv']), { train: 'a_train.csv', test: 'a_val.csv' });
  assert.deepEqual(csvFiles('x', ['Train.csv', 'Validation.csv']), {
    train: 'Train.csv',
    test: 'Validation.csv',
  });
  assert.deepEqual(csvFiles('x', ['train.csv', 'test.csv', 'val.csv']), {
    train: 'train.csv',
    test: 'test.csv',
  });
  assert.deepEqual(csvFiles('x', ['valid.csv']), { train: null, test: 'valid.csv' });
  assert.deepEqual(csvFiles('x', ['values.csv']), { train: 'values.csv', test: null });
});
