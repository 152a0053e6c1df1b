import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import ndarray from 'ndarray';
import { imageAt } from '../../src/data/dataset.ts';
import { encodeNpy, type NpyArray } from '../../src/data/npy.ts';
import { withChannels, withSize } from '../../src/data/pictures/fit-picture.ts';
import type { DatasetSource } from '../../src/io/dataset-names.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { openDatasets, readIdxFolder, readNpz } from '../../src/io/open-datasets.ts';
import type { OpenOptions } from '../../src/io/open-options.ts';
import { packZip } from '../data/pack-zip.ts';
import { inFolder } from '../support/in-folder.ts';

const big = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const pixels = (count: number): number[] => Array.from({ length: count * 6 }, (_, i) => (i * 31) % 256);
const imageFile = (count: number): Uint8Array =>
  Uint8Array.from([0, 0, 8, 3, ...big(count), ...big(2), ...big(3), ...pixels(count)]);
const labelFile = (labels: readonly number[]): Uint8Array =>
  Uint8Array.from([0, 0, 8, 1, ...big(labels.length), ...labels]);
/** Labels of two bytes each. */
const wideLabelFile = (labels: readonly number[]): Uint8Array =>
  Uint8Array.from([0, 0, 11, 1, ...big(labels.length), ...labels.flatMap((v) => [v >> 8, v & 255])]);

const inRoot = (use: (root: string) => Promise<void>): Promise<void> =>
  inFolder(async (path) => {
    await mkdir(path('data'));
    await use(path('data'));
  });

async function write(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
}

async function refused(source: DatasetSource, message: RegExp, options: OpenOptions = {}): Promise<void> {
  await assert.rejects(openDataset(source, 'train', options), (error: Error) => {
    assert.match(`${error.name}: ${error.message}`, message);
    return true;
  });
}

const LAYOUTS = [
  ['.', 'train-images-idx3-ubyte', 't10k-images-idx3-ubyte'],
  ['.', 'train-images.idx3-ubyte', 't10k-images.idx3-ubyte'],
  ['raw', 'train-images-idx3-ubyte.gz', 't10k-images-idx3-ubyte.gz'],
  ['MNIST/raw', 'train-images-idx3-ubyte', 't10k-images-idx3-ubyte.gz'],
  ['.', 'emnist-balanced-train-images-idx3-ubyte', 'emnist-balanced-test-images-idx3-ubyte'],
] as const;

test('IDX files are found under the names that MNIST, EMNIST and torchvision give them', async () => {
  for (const [place, train, held] of LAYOUTS)
    await inRoot(async (root) => {
      const packed = (name: string, bytes: Uint8Array): Uint8Array =>
        name.endsWith('.gz') ? gzipSync(bytes) : bytes;
      const labelName = (name: string): string => name.replace('images', 'labels').replace('idx3', 'idx1');
      await write(join(root, place), {
        [train]: packed(train, imageFile(4)),
        [labelName(train)]: packed(train, labelFile([0, 1, 2, 1])),
        [held]: packed(held, imageFile(2)),
        [labelName(held)]: packed(held, labelFile([2, 0])),
      });
      const set = await readIdxFolder(root);
      assert.deepEqual([set.train.count, set.train.classes, set.train.shape], [4, 3, [2, 3, 1]]);
      assert.deepEqual([...set.train.images], pixels(4));
      assert.deepEqual([[...set.test.labels], set.test.mean], [[2, 0], set.train.mean]);
      assert.deepEqual((await openDataset(`idx:${root}`, 'test')).mean, set.train.mean);
    });
});

test('60,000 classes from labels of two bytes and four; a split; other sizes and channels', () =>
  inRoot(async (root) => {
    const labels = Array.from({ length: 1200 }, (_, i) => i % 600);
    await write(root, { i: imageFile(1200), l: wideLabelFile(labels) });
    const names = ['i', 'l'];
    const { train, test: held } = await openDatasets(`idx:${root}`, { names, split: 0.5 });
    assert.deepEqual([train.count, held.count, train.classes], [600, 600, 600]);
    assert.deepEqual(new Set(train.labels).size, 600);
    const fitted = await openDataset(`idx:${root}`, 'train', {
      names,
      split: 0.5,
      size: [4, 6],
      channels: 3,
      limit: 5,
    });
    assert.deepEqual([fitted.shape, fitted.count], [[4, 6, 3], 5]);
    for (let i = 0; i < 5; i++) {
      const data = train.images.subarray(i * 6, (i + 1) * 6);
      const large = withSize(withChannels({ height: 2, width: 3, channels: 1, data }, 3), 4, 6);
      assert.deepEqual([...fitted.images.subarray(i * 72, (i + 1) * 72)], [...large.data], `image ${i}`);
    }
    await write(root, {
      j: Uint8Array.from([0, 0, 12, 1, ...big(2), ...big(0), ...big(59_999)]),
      k: imageFile(2),
    });
    await refused(
      `idx:${root}`,
      /^InputError: .*\/j: expected images of every class from 0 to 59999, found none of class 1/,
      { names: ['k', 'j'], split: 0.5 },
    );
  }));

test('what is wrong with IDX files is named', () =>
  inRoot(async (root) => {
    const source: DatasetSource = `idx:${root}`;
    await refused(source, /^InputError: .*: expected files like train-images-idx3-ubyte .*, found none in /);
    await write(root, { 'train-images-idx3-ubyte': imageFile(3) });
    await refused(source, /^InputError: .*: expected train images and train labels, found only .*images/);
    await write(root, { 'train-labels-idx1-ubyte': labelFile([0, 1]) });
    await refused(
      source,
      /^InputError: .*: expected images to test with beside .*, found none; add them, or give a split/,
    );
    await refused(source, /^InputError: .*labels-idx1-ubyte: 2 labels for 3 images in .*images-idx3-ubyte/, {
      split: 0.5,
    });
    await write(root, { 'train-labels-idx1-ubyte': labelFile([0, 0, 0]) });
    await refused(
      source,
      /^InputError: .*labels.*: expected labels of at least 2 classes, found only class 0/,
      { split: 0.5 },
    );
    await write(root, { 'train-labels-idx1-ubyte': labelFile([1, 2, 1]) });
    await refused(source, /found none of class 0; count classes from 0 without gaps/, { split: 0.5 });
    await write(root, {
      'train-labels-idx1-ubyte': labelFile([0, 1, 1]),
      't10k-images-idx3-ubyte': imageFile(1),
      't10k-labels-idx1-ubyte': labelFile([2]),
    });
    await refused(source, /^UsageError: .*has test images already .* a split would change nothing/, {
      split: 0.5,
    });
    await assert.rejects(
      openDataset(source, 'test'),
      /t10k-labels-idx1-ubyte: label 2 of image 0 is not below the 2 classes/,
    );
    await write(root, { 't10k-images-idx3-ubyte': imageFile(0), 't10k-labels-idx1-ubyte': labelFile([]) });
    await assert.rejects(
      openDataset(source, 'test'),
      /^InputError: .*t10k-images-idx3-ubyte: expected at least one image, found 0x2x3/,
    );
    await write(root, { 'other-train-images-idx3-ubyte': imageFile(1) });
    await refused(
      source,
      /^InputError: .*: expected the files of one set, found those of other-, \(no prefix\); give the four names/,
    );
    await refused(source, /^UsageError: .*: expected the names of training images/, {
      names: ['a', 'b', 'c'],
    });
    await rm(join(root, 'other-train-images-idx3-ubyte'));
    await refused(source, /^InputError: .*missing: cannot be read \(no such file\)/, {
      names: ['missing', 'train-labels-idx1-ubyte'],
      split: 0.5,
    });
  }));

const npy = (values: NpyArray, shape: number[]): Uint8Array => encodeNpy(ndarray(values, shape));
const npz = (arrays: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  packZip(Object.entries(arrays).map(([name, bytes]) => ({ name: `${name}.npy`, bytes })));
const GOOD = {
  x_train: npy(Uint8Array.from(pixels(6)), [6, 2, 1, 3]),
  y_train: npy(Int32Array.of(0, 1, 2, 2, 1, 0), [6, 1]),
  x_test: npy(Uint8Array.from(pixels(2)), [2, 2, 1, 3]),
  y_test: npy(Uint16Array.of(2, 1), [2]),
};

test('an npz file gives its arrays back, under their usual names and under others', () =>
  inRoot(async (root) => {
    const path = join(root, 'a.npz');
    await write(root, { 'a.npz': npz(GOOD) });
    const { train, test: held } = await readNpz(path);
    assert.deepEqual(
      [train.count, train.classes, train.shape, [...train.labels]],
      [6, 3, [2, 1, 3], [0, 1, 2, 2, 1, 0]],
    );
    assert.deepEqual([...imageAt(held, 1)], pixels(2).slice(6));
    assert.deepEqual(held.deviation, train.deviation);
    await write(root, { 'a.npz': npz({ faces: GOOD.x_train, who: GOOD.y_train }) });
    const own = await readNpz(path, { names: ['faces', 'who'], split: 0.5 });
    assert.deepEqual([own.train.count, own.test.count], [3, 3]);
  }));

test('what is wrong with an npz file is named', () =>
  inRoot(async (root) => {
    const path = join(root, 'a.npz');
    const bad = async (
      arrays: Readonly<Record<string, Uint8Array>>,
      message: RegExp,
      options: OpenOptions = {},
    ) => {
      await write(root, { 'a.npz': npz(arrays) });
      await refused(`npz:${path}`, message, options);
    };
    const { x_train, y_train } = GOOD;
    await bad(
      { x_train },
      /^InputError: .*a\.npz: expected an array y_train, found x_train; give the names/,
      { split: 0.5 },
    );
    await bad(
      { x_train, y_train },
      /^InputError: .*a\.npz: expected images to test with beside .*: x_train, found none/,
    );
    await bad({ x_train, y_train, x_test: x_train }, /^InputError: .*: expected an array y_test/);
    await bad(
      { ...GOOD, x_train: npy(new Float32Array(36), [6, 2, 1, 3]) },
      /^InputError: .*a\.npz: x_train: expected images of bytes \(uint8\), found float32/,
    );
    await bad(
      { ...GOOD, x_train: npy(new Uint8Array(36), [6, 3, 1, 2]) },
      /a\.npz: x_train: expected 1 or 3 channels last, found 6x3x1x2; .* transpose\(0, 2, 3, 1\)/,
    );
    await bad(
      { ...GOOD, y_train: npy(new Float32Array([0, 1, 2, 2, 1, 0.5]), [6]) },
      /a\.npz: y_train: label 0\.5 of image 5/,
    );
    await write(root, { 'a.npz': npz({ ...GOOD, x_test: npy(new Uint8Array(4), [2, 2, 1, 1]) }) });
    await assert.rejects(
      openDatasets(`npz:${path}`),
      /^InputError: .*x_test: expected images of 2x1x3, as those that were learned, found 2x1x1; bring them there with channels 3/,
    );
    await writeFile(path, 'no archive');
    await refused(`npz:${path}`, /^InputError: .*a\.npz: expected a ZIP archive/);
    await refused(
      `npz:${join(root, 'none.npz')}`,
      /^InputError: .*none\.npz: cannot be read \(no such file\)/,
    );
  }));

test('arrays of one part are a test set as a whole for a network that knows its classes', () =>
  inRoot(async (root) => {
    const known = { mean: [0.5], deviation: [0.2], classes: 3 };
    const opened = (source: DatasetSource, options: OpenOptions = {}) =>
      openDataset(source, 'test', { learned: known, ...options });
    // IDX files of the test part, or under two names; images of one class alone
    await write(root, {
      't10k-images-idx3-ubyte': imageFile(2),
      't10k-labels-idx1-ubyte': labelFile([2, 2]),
    });
    await write(root, { i: imageFile(2), l: labelFile([1, 1]) });
    assert.deepEqual([...(await opened(`idx:${root}`)).labels], [2, 2]);
    assert.deepEqual([...(await opened(`idx:${root}`, { names: ['i', 'l'] })).labels], [1, 1]);
    await refused(`idx:${root}`, /^InputError: .*: expected training images, found only /);
    await assert.rejects(opened(`idx:${root}`, { split: 0.5 }), /expected training images, found only /);
    // arrays of the test part alone, of the training part alone, or under two names
    const path = join(root, 'a.npz');
    const { x_train, y_train, x_test, y_test } = GOOD;
    const learned = { ...known, mean: [0, 0, 0], deviation: [1, 1, 1] };
    for (const [arrays, labels, names] of [
      [{ x_test, y_test }, [2, 1], undefined],
      [{ x_train, y_train }, [0, 1, 2, 2, 1, 0], undefined],
      [{ a: x_test, b: y_test }, [2, 1], ['a', 'b']],
      [GOOD, [2, 1], undefined],
    ] as const) {
      await write(root, { 'a.npz': npz(arrays as Record<string, Uint8Array>) });
      assert.deepEqual([...(await opened(`npz:${path}`, { learned, names })).labels], labels);
    }
    await write(root, { 'a.npz': npz({ x_test, y_test }) });
    await refused(`npz:${path}`, /^InputError: .*: expected an array x_train, found x_test, y_test/);
    await write(root, { 'a.npz': npz({ x_test }) });
    await assert.rejects(opened(`npz:${path}`, { learned }), /: expected an array y_test, found x_test;/);
  }));

test('pixels of 0 and 1 alone would be all but black: arrays of them are refused, those with a 2 are not', () =>
  inRoot(async (root) => {
    const source: DatasetSource = `npz:${join(root, 'a.npz')}`;
    const set = (...values: number[]): Record<string, Uint8Array> => ({
      'a.npz': npz({
        ...GOOD,
        x_train: npy(
          Uint8Array.from({ length: 36 }, (_, i) => values[i] ?? 0),
          [6, 2, 1, 3],
        ),
      }),
    });
    await write(root, set(0, 1, 1));
    await refused(
      source,
      /^InputError: .*a\.npz: x_train: expected pixel values from 0 to 255, found only 0 and 1/,
    );
    for (const values of [[0, 1, 2], [0, 0, 0], [255]]) {
      await write(root, set(...values));
      assert.equal((await openDataset(source, 'train')).count, 6);
    }
  }));

test('CIFAR-100 by either of its labels; options for own images are refused elsewhere', () =>
  inRoot(async (root) => {
    const record = (coarse: number, fine: number, value: number): number[] => [
      coarse,
      fine,
      ...Array<number>(3072).fill(value),
    ];
    await write(join(root, 'cifar-100-binary'), {
      'train.bin': Uint8Array.from([...record(3, 9, 0), ...record(19, 99, 255)]),
      'test.bin': Uint8Array.from(record(4, 10, 51)),
    });
    const options = { directory: root };
    const fine = await openDataset('cifar-100', 'test', options);
    assert.deepEqual(
      [[...fine.labels], fine.classes, fine.mean, fine.deviation],
      [[10], 100, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]],
    );
    assert.deepEqual([...(await openDataset('cifar-100:coarse', 'train', options)).labels], [3, 19]);
    const given = await openDataset('cifar-100:fine', 'test', {
      ...options,
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    });
    assert.deepEqual(given.mean, [0, 0, 0]);
    await refused(
      'cifar-100',
      /^UsageError: mean: expected 3 numbers for the channels of cifar-100, found 1/,
      { ...options, mean: [0] },
    );
    await refused('strokes', /^UsageError: size: would change nothing for strokes/, { size: [2, 2] });
    await refused('cifar-100:medium' as DatasetSource, /^UsageError: dataset: cifar-100:medium is unknown/);
  }));

test('KMNIST and EMNIST are found where the download and torchvision put them', () =>
  inRoot(async (root) => {
    const image = Uint8Array.from([0, 0, 8, 3, ...big(2), ...big(2), ...big(2), 1, 2, 3, 4, 5, 6, 7, 8]);
    const options = { directory: root };
    await write(join(root, 'KMNIST/raw'), {
      'train-images-idx3-ubyte': image,
      'train-labels-idx1-ubyte': labelFile([0, 9]),
      't10k-images-idx3-ubyte.gz': gzipSync(image),
      't10k-labels-idx1-ubyte.gz': gzipSync(labelFile([1, 2])),
    });
    const kmnist = await openDataset('kmnist', 'test', options);
    assert.deepEqual(
      [[...kmnist.labels], kmnist.classNames[2], kmnist.mean[0]!.toFixed(4)],
      [[1, 2], 'su', (4.5 / 255).toFixed(4)],
    );
    await write(join(root, 'emnist/gzip'), {
      'emnist-letters-train-images-idx3-ubyte.gz': gzipSync(image),
      'emnist-letters-train-labels-idx1-ubyte.gz': gzipSync(labelFile([1, 26])),
    });
    const letters = await openDataset('emnist:letters', 'train', options);
    assert.deepEqual(
      [[...letters.labels], [...letters.images]],
      [
        [0, 25],
        [1, 3, 2, 4, 5, 7, 6, 8],
      ],
    );
    await refused('emnist', /^InputError: emnist: not found in /, options);
  }));
