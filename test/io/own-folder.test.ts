import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import jpegJs from 'jpeg-js';
import { imageAt } from '../../src/data/dataset.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { openDatasets, readFolder } from '../../src/io/open-datasets.ts';
import type { OpenOptions, Split } from '../../src/io/open-options.ts';
import { inFolder } from '../support/in-folder.ts';
import { pixelsOf, pngOf, writePictures } from '../support/write-pictures.ts';

const NAMES = ['ant', 'bee', 'cat'];

const inRoot = (use: (root: string) => Promise<void>): Promise<void> =>
  inFolder(async (path) => {
    await mkdir(path('data'));
    await use(path('data'));
  });

async function refused(
  folder: string,
  message: RegExp,
  options: OpenOptions = {},
  split: Split = 'train',
): Promise<void> {
  await assert.rejects(openDataset(`folder:${folder}`, split, options), (error: Error) => {
    assert.match(`${error.name}: ${error.message}`, message);
    assert.ok(!error.message.includes('\n'));
    return true;
  });
}

test('pictures come class by class in turn, with names of classes and statistics of the training part', () =>
  inRoot(async (root) => {
    await writePictures(join(root, 'train'), NAMES, 5);
    await writePictures(join(root, 'test'), NAMES, 2, { seed: 2 });
    const { train, test: held } = await readFolder(root);
    assert.deepEqual([train.count, train.classes, train.classNames, train.shape], [15, 3, NAMES, [8, 8, 3]]);
    assert.deepEqual([...train.labels.subarray(0, 6)], [0, 1, 2, 0, 1, 2]);
    assert.deepEqual([...imageAt(train, 4)], [...pixelsOf(1, 1)]);
    assert.deepEqual([held.count, held.mean, held.classNames], [6, train.mean, NAMES]);
    assert.deepEqual((await openDataset(`folder:${root}`, 'test')).deviation, train.deviation);
    assert.deepEqual([...(await openDataset(`folder:${root}`, 'train', { limit: 4 })).labels], [0, 1, 2, 0]);
  }));

test('the number of threads changes nothing', () =>
  inRoot(async (root) => {
    await writePictures(root, NAMES, 60, { channels: 1 });
    await writeFile(join(root, 'bee', '030.png'), pngOf(pixelsOf(1, 30)));
    const sets = [];
    for (const decoders of [0, 1, 3])
      sets.push(await openDataset(`folder:${root}`, 'train', { split: 0.9, decoders }));
    const grey = [...pixelsOf(0, 0, { channels: 1 })].flatMap((value) => [value, value, value]);
    for (const set of sets) {
      assert.ok(Array.from({ length: set.count }, (_, i) => imageAt(set, i).join()).includes(grey.join()));
      assert.deepEqual(set.images, sets[0]!.images);
      assert.deepEqual([set.labels, set.mean, set.shape], [sets[0]!.labels, sets[0]!.mean, [8, 8, 3]]);
    }
  }));

test('with threads, too, the first broken file is the one that is named', () =>
  inRoot(async (root) => {
    await writePictures(root, NAMES, 60);
    for (const name of ['bee/040.png', 'ant/050.png', 'cat/059.png'])
      await writeFile(join(root, name), 'no picture');
    for (const decoders of [0, 1, 3])
      await refused(
        root,
        /^InputError: .*bee\/040\.png: expected a PNG or JPEG picture, found a file that begins with 6e 6f 20 70/,
        {
          ...{ split: 0.99, decoders },
        },
      );
  }));

test('a split has every picture once, by seed', () =>
  inRoot(async (root) => {
    await writePictures(root, NAMES, 10);
    const { train, test: held } = await openDatasets(`folder:${root}`, { split: 0.8, seed: 3 });
    assert.deepEqual([train.count, held.count], [24, 6]);
    const all = [train, held].flatMap((set) =>
      Array.from({ length: set.count }, (_, i) => imageAt(set, i).join()),
    );
    assert.equal(new Set(all).size, 30);
    const again = await openDatasets(`folder:${root}`, { split: 0.8, seed: 3 });
    assert.deepEqual(again.test.images, held.images);
    const other = await openDatasets(`folder:${root}`, { split: 0.8, seed: 4 });
    assert.notDeepEqual(other.test.images, held.images);
  }));

test('grey where all are grey, otherwise colour; one channel or three where that is asked; any size', () =>
  inRoot(async (root) => {
    await writePictures(root, ['a', 'b'], 3, { channels: 1 });
    const open = (options: OpenOptions = {}) =>
      openDataset(`folder:${root}`, 'train', { split: 0.7, ...options });
    assert.deepEqual((await open()).shape, [8, 8, 1]);
    assert.deepEqual((await open({ channels: 3 })).shape, [8, 8, 3]);
    const constant = new Uint8Array(16 * 12 * 3).fill(77);
    await writeFile(join(root, 'a', '000.png'), pngOf(constant, { height: 16, width: 12 }));
    await writeFile(join(root, 'a', '001.png'), pngOf(constant, { height: 16, width: 12 }));
    await writeFile(join(root, 'a', '002.png'), pngOf(constant, { height: 16, width: 12 }));
    const fitted = await open({ size: [5, 9] });
    assert.deepEqual(fitted.shape, [5, 9, 3]);
    assert.deepEqual([...imageAt(fitted, 0)], Array(135).fill(77));
    assert.deepEqual((await open({ size: [5, 9], channels: 1 })).shape, [5, 9, 1]);
    await refused(
      root,
      /^InputError: .*b\/.*\.png: expected 16x12 pixels, as .*a\/.*\.png has, found 8x8; give a size/,
      { split: 0.7 },
    );
  }));

test('PNG and JPEG side by side, whatever they are called', () =>
  inRoot(async (root) => {
    await writePictures(root, ['a', 'b'], 2);
    const data = new Uint8Array(8 * 8 * 4).fill(128);
    await writeFile(join(root, 'a', '002.png'), jpegJs.encode({ width: 8, height: 8, data }, 90).data);
    const set = await openDataset(`folder:${root}`, 'train', { split: 0.8 });
    assert.deepEqual([set.count, set.shape], [3, [8, 8, 3]]);
  }));

test('hidden files are passed over, and said; links inside count as what they lead to', () =>
  inRoot(async (root) => {
    await writePictures(root, ['a', 'b'], 4);
    for (const name of ['.DS_Store', 'a/.DS_Store', 'b/._000.png']) await writeFile(join(root, name), 'x');
    await symlink(join(root, 'a', '000.png'), join(root, 'b', 'linked.png'));
    const lines: string[] = [];
    const set = await openDataset(`folder:${root}`, 'train', { split: 0.5, log: (line) => lines.push(line) });
    assert.equal(lines[0], `folder:${root}: 3 hidden files passed over`);
    const rest = await openDataset(`folder:${root}`, 'test', { split: 0.5, learned: set });
    assert.equal(set.count + rest.count, 9);
  }));

test('what is wrong with a folder is named: file, expected, found, remedy', () =>
  inRoot(async (root) => {
    const train = join(root, 'train');
    await writePictures(train, NAMES, 2);
    await refused(
      join(root, 'nowhere'),
      /^InputError: .*nowhere: cannot be read as a folder \(no such file\)/,
    );
    await refused(root, /^InputError: .*: expected folders train and test, found only train; /);
    await writePictures(join(root, 'test'), NAMES, 1);
    await refused(root, /^UsageError: .*has folders train and test already; a split would change nothing/, {
      split: 0.5,
    });
    await mkdir(join(train, 'dog'));
    await refused(
      root,
      /^InputError: .*train\/dog: expected pictures of the class dog, found none; add some or remove the folder/,
    );
    await rm(join(train, 'dog'), { recursive: true });
    await writeFile(join(train, 'labels.csv'), 'a,b');
    await refused(
      root,
      /^InputError: .*train\/labels\.csv: expected a folder for each class in .*, found a file/,
    );
    await rm(join(train, 'labels.csv'));
    await mkdir(join(train, 'ant', 'more'));
    await refused(root, /^InputError: .*ant\/more: expected pictures in the class folder .*, found a folder/);
    await rm(join(train, 'ant', 'more'), { recursive: true });
    await writeFile(join(train, 'ant', 'notes.txt'), 'hello');
    await refused(
      root,
      /^InputError: .*notes\.txt: expected a PNG or JPEG picture, found a file that begins with 68 65 6c 6c; convert it, or move it/,
    );
    await rm(join(train, 'ant', 'notes.txt'));
    const half = pngOf(pixelsOf(0, 0)).subarray(0, 90);
    await writeFile(join(train, 'bee', '001.png'), half);
    await refused(
      root,
      /^InputError: .*bee\/001\.png: PNG is damaged \(cut short\); save it again or remove it/,
    );
    await rm(join(train, 'bee', '001.png'));
    await symlink('/etc/hostname', join(train, 'bee', 'x.png'));
    await refused(root, /^InputError: .*bee\/x\.png: link leads out of /);
    await rm(join(train, 'bee', 'x.png'));
    await symlink(join(root, 'gone.png'), join(train, 'bee', 'x.png'));
    await refused(root, /^InputError: .*bee\/x\.png: link leads nowhere/);
    await rm(join(train, 'bee', 'x.png'));
    await rename(join(root, 'test', 'cat'), join(root, 'test', 'dog'));
    await refused(root, /^InputError: .*test\/dog: expected classes ant, bee, cat, found dog/, {}, 'test');
    for (const name of ['bee', 'cat']) await rm(join(train, name), { recursive: true });
    await refused(
      root,
      /^InputError: .*train: expected a folder for each of 2 to 65535 classes, found only ant/,
    );
    for (const split of [0, 1, Number.NaN])
      await refused(root, /^UsageError: split: expected a share/, { split });
    await refused(root, /^UsageError: size: expected height and width from 1 to 4096/, { size: [0, 3] });
    await refused(root, /^UsageError: names: a folder has no names/, { names: ['a', 'b'] });
  }));

test('a test folder is read with what a network learned, and must fit it', () =>
  inRoot(async (root) => {
    await writePictures(root, ['ant', 'cat'], 2, { channels: 1 });
    const learned = { mean: [0.3], deviation: [0.2], classNames: NAMES, classes: 3 };
    const set = await openDataset(`folder:${root}`, 'test', { learned });
    const other = await openDataset(`folder:${root}`, 'test', { learned, mean: [0.4] });
    assert.deepEqual([other.mean, other.deviation], [[0.4], [0.2]]);
    assert.deepEqual([[...set.labels], set.classes, set.mean], [[0, 2, 0, 2], 3, [0.3]]);
    await refused(
      root,
      /^InputError: .*: expected images of 9x8x1, as those that were learned, found 8x8x1; bring them there with size 9x8/,
      { learned: { ...learned, shape: [9, 8, 1] } },
      'test',
    );
    await writeFile(join(root, 'cat', '001.png'), pngOf(pixelsOf(1, 1)));
    await refused(
      root,
      /^InputError: .*cat\/001\.png: expected grey pictures, as those that were learned, found one in colour/,
      { learned },
      'test',
    );
    assert.equal((await openDataset(`folder:${root}`, 'test', { learned, channels: 1 })).shape[2], 1);
  }));

test('a folder without parts is a test set for a network that knows how many classes it has, and how images are normalised', () =>
  inRoot(async (root) => {
    await writePictures(root, NAMES, 2);
    const normalisation = { mean: [0, 0, 0], deviation: [1, 1, 1] };
    for (const classNames of [undefined, NAMES]) {
      const learned = { ...normalisation, classes: 3, ...(classNames && { classNames }) };
      const held = await openDataset(`folder:${root}`, 'test', { learned });
      assert.deepEqual([held.count, held.classes, held.classNames, held.mean], [6, 3, NAMES, [0, 0, 0]]);
    }
    const four = { learned: { ...normalisation, classes: 4 } };
    await refused(root, /for each of the 4 classes of the network.*found 3: ant, bee, cat/, four, 'test');
    await refused(root, /expected folders train and test, found class folders/, {}, 'test');
  }));
