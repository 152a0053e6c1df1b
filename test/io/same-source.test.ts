/** @file One place in many spellings: dots, whole paths, links and hard links; and two names for it are no two parts of a data set. */
import assert from 'node:assert/strict';
import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { test } from 'node:test';
import { openDatasets } from '../../src/io/open-datasets.ts';
import { samePlace, sameSource } from '../../src/io/same-source.ts';
import { inFolder } from '../support/in-folder.ts';

test('a place is the same in every spelling, through links and by hard links; a copy is not', () =>
  inFolder(async (path) => {
    await mkdir(path('d'));
    await writeFile(path('d/a.csv'), '0,1\n');
    await writeFile(path('d/copy.csv'), '0,1\n');
    await symlink('a.csv', path('d/soft.csv'));
    await link(path('d/a.csv'), path('d/hard.csv'));
    await symlink(path('d'), path('e'));
    const own = path('d/a.csv');
    const spellings = [
      own,
      path('d/../d/./a.csv'),
      relative('.', own),
      path('d/soft.csv'),
      path('d/hard.csv'),
      path('e/a.csv'),
    ];
    for (const a of spellings)
      for (const b of spellings) {
        assert.ok(samePlace(a, b), `${a} ${b}`);
        assert.ok(sameSource(`csv:${a}`, `csv:${b}`));
        assert.ok(!sameSource(`csv:${a}`, `npz:${b}`), 'another kind of reading');
      }
    for (const a of spellings) assert.ok(!samePlace(a, path('d/copy.csv')));
    assert.ok(sameSource('mnist', 'mnist'));
    assert.ok(!sameSource('mnist', 'kmnist') && !sameSource('mnist', `csv:${own}`));
    assert.ok(samePlace(path('not/there'), path('not/../not/there')));
  }));

/** Lines of a label and four values. */
const LINES = '0,1,2,3,4\n1,5,6,7,8\n0,9,1,2,3\n1,4,5,6,7\n';

test('training and test images that are one file or folder are refused', () =>
  inFolder(async (path) => {
    const refused = (source: string, options: object, message: RegExp): Promise<void> =>
      assert.rejects(openDatasets(source as 'strokes', options), message);
    await mkdir(path('csv'));
    await writeFile(path('csv/train.csv'), LINES);
    await symlink('train.csv', path('csv/test.csv'));
    const both =
      /^InputError: .*test\.csv: expected test images of their own, found the same place as .*train\.csv \(training images\);/;
    await refused(`csv:${path('csv')}`, {}, both);
    await mkdir(path('hard'));
    await writeFile(path('hard/train.csv'), LINES);
    await link(path('hard/train.csv'), path('hard/test.csv'));
    await refused(`csv:${path('hard')}`, {}, both);
    await mkdir(path('pictures/train/a'), { recursive: true });
    await symlink('train', path('pictures/test'));
    await refused(
      `folder:${path('pictures')}`,
      {},
      /test: expected test pictures of their own, found the same place as /,
    );
    await mkdir(path('idx'));
    for (const name of ['images', 'labels']) await writeFile(path(`idx/${name}`), '');
    const names = ['images', 'labels', './images', 'labels-2'];
    await refused(
      `idx:${path('idx')}`,
      { names },
      /expected test images of their own, found the same place as .* \(train images\)/,
    );
  }));

test('a copy is another file: it may be a test set', () =>
  inFolder(async (path) => {
    await mkdir(path('csv'));
    for (const part of ['train', 'test']) await writeFile(path(`csv/${part}.csv`), LINES);
    const { train, test: held } = await openDatasets(`csv:${path('csv')}`);
    assert.deepEqual([train.count, held.count], [4, 4]);
  }));
