/** @file `csv:FILE` and `csv:DIR`: their classes, sizes and parts; what is wrong with them. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { DatasetSource } from '../../src/io/dataset-names.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { openDatasets, readCsv } from '../../src/io/open-datasets.ts';
import type { OpenOptions } from '../../src/io/open-options.ts';
import { inFolder } from '../support/in-folder.ts';

/** Lines of a label and so many values, none like another. */
const lines = (labels: readonly (string | number)[], values: number): string =>
  labels
    .map((label, i) => [label, ...Array.from({ length: values }, (_, k) => (31 * i + 7 * k) % 256)].join(','))
    .join('\n');

const refused = (source: DatasetSource, message: RegExp, options: OpenOptions = {}): Promise<void> =>
  assert.rejects(openDataset(source, 'train', options), (error: Error) => {
    assert.match(`${error.name}: ${error.message}`, message);
    return true;
  });

test('one file is split by the seed; numbers are classes, words are names in their order', () =>
  inFolder(async (path) => {
    await writeFile(path('a.csv'), lines([0, 1, 2, 0, 1, 2], 9));
    const { train, test: held } = await readCsv(path('a.csv'), { split: 0.5, seed: 2 });
    assert.deepEqual([train.count, held.count, train.classes, train.shape], [3, 3, 3, [3, 3, 1]]);
    assert.deepEqual([train.classNames, held.mean], [[], train.mean]);
    const images = [...train.images, ...held.images].sort((a, b) => a - b);
    const all = [0, 1, 2, 3, 4, 5].flatMap((i) => Array.from({ length: 9 }, (_, k) => 31 * i + 7 * k));
    assert.deepEqual(
      images,
      all.sort((a, b) => a - b),
    );
    await writeFile(path('b.csv'), lines(['oak', 'ash', 'oak', 'ash'], 9));
    const named = await readCsv(path('b.csv'), { split: 0.5 });
    assert.deepEqual(named.train.classNames, ['ash', 'oak']);
    assert.deepEqual([...named.train.labels].sort(), [0, 1]);
  }));

test('a folder has both parts, by their names; the names of the training file hold for the other', () =>
  inFolder(async (path) => {
    await writeFile(path('leaf_train.csv'), lines(['b', 'a', 'c'], 4));
    await writeFile(path('leaf_test.csv'), `label,p,q,r,s\n${lines(['c', 'a'], 4)}`);
    await writeFile(path('notes.txt'), 'x');
    const { train, test: held } = await readCsv(path('.'));
    assert.deepEqual([...train.labels, ...held.labels], [1, 0, 2, 2, 0]);
    assert.deepEqual(held.classNames, ['a', 'b', 'c']);
    await writeFile(path('leaf_test.csv'), `label,p,q,r,s\n${lines(['c', 'd'], 4)}`);
    await assert.rejects(
      openDatasets(`csv:${path('.')}`),
      /^InputError: .*leaf_test\.csv: line 3: expected one of the classes a, b, c, found d/,
    );
    await refused(`csv:${path('.')}`, /^UsageError: .* has test images already/, { split: 0.5 });
    await writeFile(path('other-test.csv'), '');
    await refused(`csv:${path('.')}`, /^InputError: .*: expected one CSV file with test in its name, found /);
    await mkdir(path('none'));
    await refused(`csv:${path('none')}`, /^InputError: .*: expected CSV files with train and .*, found none/);
    await writeFile(path('none/latest.csv'), lines([0, 1, 0, 1], 4));
    assert.equal((await openDataset(`csv:${path('none')}`, 'train', { split: 0.5 })).count, 2);
  }));

test('size: a square, what is asked for, what was learned; colour pixel by pixel', () =>
  inFolder(async (path) => {
    const source: DatasetSource = `csv:${path('a.csv')}`;
    const shapeOf = async (values: number, options: OpenOptions = {}): Promise<readonly number[]> => {
      await writeFile(path('a.csv'), lines([0, 1, 0, 1], values));
      return (await openDataset(source, 'train', { split: 0.5, ...options })).shape;
    };
    assert.deepEqual(await shapeOf(16), [4, 4, 1]);
    assert.deepEqual(await shapeOf(12), [2, 2, 3]);
    assert.deepEqual(await shapeOf(12, { size: [3, 4] }), [3, 4, 1]);
    assert.deepEqual(await shapeOf(18, { size: [2, 3] }), [2, 3, 3]);
    assert.deepEqual(await shapeOf(16, { size: [2, 2] }), [2, 2, 1]);
    assert.deepEqual(await shapeOf(16, { channels: 3 }), [4, 4, 3]);
    const learned = { mean: [0.5], deviation: [0.2], shape: [2, 3, 1] as const, classes: 2 };
    assert.deepEqual(await shapeOf(6, { learned }), [2, 3, 1]);
    await assert.rejects(
      shapeOf(6),
      /^InputError: .*a\.csv: expected values of a square picture .*, found 6 on a line; give a size/,
    );
  }));

test('one file, or one part of a folder, is a test set as a whole for a network that knows its classes', () =>
  inFolder(async (path) => {
    const known = { mean: [0.5], deviation: [0.2], shape: [2, 2, 1] as const };
    const learned = { ...known, classes: 3 };
    await writeFile(path('a.csv'), lines([2, 0, 2, 2], 4)); // no image of class 1
    for (const part of ['test', 'train'] as const) {
      const held = await openDataset(`csv:${path('a.csv')}`, part, { learned });
      assert.deepEqual([[...held.labels], held.classes, held.mean], [[2, 0, 2, 2], 3, [0.5]]);
      assert.equal((await openDataset(`csv:${path('a.csv')}`, part, { learned, limit: 2 })).count, 2);
    }
    await assert.rejects(
      openDataset(`csv:${path('a.csv')}`, 'test', { learned: { ...known, classes: 2 } }),
      /^InputError: .*a\.csv: label 2 of image 0 is not below the 2 classes/,
    );
    assert.equal((await openDataset(`csv:${path('.')}`, 'test', { learned })).count, 4);
    await mkdir(path('own'));
    await writeFile(path('own/my_test.csv'), lines(['b', 'a', 'c'], 4));
    const named = await openDataset(`csv:${path('own')}`, 'test', { learned });
    assert.deepEqual(
      [[...named.labels], named.classNames],
      [
        [1, 0, 2],
        ['a', 'b', 'c'],
      ],
    );
    await assert.rejects(
      openDataset(`csv:${path('own')}`, 'test', { learned: { ...known, classes: 4 } }),
      /^InputError: .*my_test\.csv: expected labels of each of the 4 classes of the network, .*found 3: a, b, c/,
    );
    const names = { ...learned, classNames: ['c', 'b', 'a'] };
    const told = await openDataset(`csv:${path('own')}`, 'test', { learned: names });
    assert.deepEqual([...told.labels], [1, 2, 0]);
    // without a network it is known neither how they are normalised nor what the classes are
    await refused(`csv:${path('a.csv')}`, /^InputError: .*: expected images to test with beside /);
    await refused(`csv:${path('own')}`, /^InputError: .*: expected a CSV file with train in its name/);
    await assert.rejects(openDatasets(`csv:${path('a.csv')}`), /expected images to test with beside /);
  }));

test('what is wrong is named', () =>
  inFolder(async (path) => {
    const source: DatasetSource = `csv:${path('a.csv')}`;
    const bad = async (
      text: string,
      message: RegExp,
      options: OpenOptions = { split: 0.5 },
    ): Promise<void> => {
      await writeFile(path('a.csv'), text);
      await refused(source, message, options);
    };
    await bad(lines([0, 1, 0, 1], 4), /^InputError: .*: expected images to test with beside /, {});
    await bad('0,1,2,3,x\n1,1,1,1,1', /^InputError: .*a\.csv: .*/);
    await bad('0,1,2,3,4\n1,1,1,1,x', /^InputError: .*a\.csv: line 2, column 5: expected a pixel value/);
    await bad(lines([0, 2, 0, 2], 4), /found none of class 1; count classes from 0 without gaps/);
    await bad(lines([0, 99_999], 4), /a\.csv: line 2: label 99999 should be below 65535/);
    await bad(
      '0,0,1,1,0\n1,1,0,0,1\n',
      /a\.csv: expected pixel values from 0 to 255, found only 0 and 1, .*; mul/,
    );
    await bad(lines(['a', 'b', 'b'], 4), /a\.csv: class a: expected at least 2 images to split, found 1/);
    await bad(lines([0, 1, 0, 1], 4), /^UsageError: names: a CSV file has no names to give/, {
      names: ['a', 'b'],
      split: 0.5,
    });
    await refused(`csv:${path('none.csv')}`, /^InputError: .*none\.csv: cannot be read/);
  }));
