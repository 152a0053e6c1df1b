/** @file What is dropped on the page is read as the command line reads it: the same images in the same parts. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Dataset, imageAt } from '../../../../src/data/dataset.ts';
import { encodeNpz, type ShapedArray } from '../../../../src/data/encode-npz.ts';
import { openDatasets, type TrainAndTest } from '../../../../src/io/open-datasets.ts';
import { gather } from '../../../../src/playground/engine/data/gather.ts';
import { MOST } from '../../../../src/playground/engine/data/limits.ts';
import type { TrainingData, Workbench } from '../../../../src/playground/engine/workbench.ts';
import type { DataFacts } from '../../../../src/playground/protocol.ts';
import { packTar } from '../../../data/pack-tar.ts';
import { packZip } from '../../../data/pack-zip.ts';
import { inFolder } from '../../../support/in-folder.ts';
import { type PictureStyle, pixelsOf, pngOf } from '../../../support/write-pictures.ts';

type Files = Readonly<Record<string, Uint8Array<ArrayBuffer> | string>>;

/** The page's end: what it keeps, and what it says. */
async function gathered(
  files: Files,
  { size = '', seed = 1, name = null }: { size?: string; seed?: number; name?: string | null } = {},
): Promise<{ data: TrainingData; facts: DataFacts }> {
  const bench = { data: null } as unknown as Workbench;
  const dropped = Object.entries(files).map(([path, content]) => ({ path, file: new Blob([content]) }));
  const facts = await gather(bench, { kind: 'files', name, files: dropped, size, seed });
  return { data: bench.data!, facts: facts! };
}

const refused = (files: Files, message: RegExp, options: { size?: string } = {}): Promise<void> =>
  assert.rejects(gathered(files, options), (error: Error) => {
    assert.match(error.message, message);
    return true;
  });

/** Images with their labels, in an order of their own. */
const sorted = (dataset: Dataset): string[] =>
  Array.from(
    { length: dataset.count },
    (_, i) => `${dataset.labels[i]}: ${imageAt(dataset, i).join()}`,
  ).sort();

function checkSame({ data }: { data: TrainingData }, { train, test: held }: TrainAndTest): void {
  assert.deepEqual(
    Array.from({ length: train.count }, (_, i) => imageAt(data.train, i).join()),
    Array.from({ length: train.count }, (_, i) => imageAt(train, i).join()),
  );
  assert.deepEqual([...data.train.labels], [...train.labels]);
  assert.deepEqual(sorted(data.test), sorted(held));
  for (const key of ['mean', 'deviation', 'classNames', 'shape', 'classes'] as const)
    assert.deepEqual(data.test[key], held[key], key);
}

const CLASSES = ['ash', 'elm', 'oak'];
/** Five grey pictures of each class, 9 x 9. */
const leaves = (pathOf: (name: string, i: number) => string, style: PictureStyle = LEAF): Pictures =>
  Object.fromEntries(
    CLASSES.flatMap((name, c) =>
      Array.from({ length: 5 }, (_, i) => [
        pathOf(name, i),
        Uint8Array.from(pngOf(pixelsOf(c, i, style), style)),
      ]),
    ),
  );
type Pictures = Record<string, Uint8Array<ArrayBuffer>>;
const LEAF: PictureStyle = { height: 9, width: 9, channels: 1 };
const table = (labels: readonly (string | number)[], values: number): string =>
  labels
    .map((label, i) => [label, ...Array.from({ length: values }, (_, k) => (31 * i + 7 * k) % 256)].join())
    .join('\n');

test('a CSV file: as csv:FILE with a split by the same seed', () =>
  inFolder(async (path) => {
    const text = table(
      Array.from({ length: 40 }, (_, i) => CLASSES[i % 3]!),
      16,
    );
    await writeFile(path('a.csv'), text);
    const found = await gathered({ 'a.csv': text }, { seed: 5 });
    checkSame(found, await openDatasets(`csv:${path('a.csv')}`, { split: 0.8, seed: 5 }));
    assert.deepEqual(found.facts, {
      ...{ source: 'csv:a.csv', train: 31, test: 9, shape: [4, 4, 1], classes: 3, classNames: CLASSES },
      ...{ split: 0.8, size: null, seed: 5 },
    });
    const two = await gathered({ 'x/m_train.csv': text, 'x/m_test.csv': text });
    assert.deepEqual(
      [two.facts.source, two.facts.train, two.facts.test, two.facts.split],
      ['csv:x', 40, 40, null],
    );
  }));

test('a folder of pictures: as folder:DIR; the same in a ZIP and a tar, and by the beginnings of names', () =>
  inFolder(async (path) => {
    const folder = leaves((name, i) => `leaves/${name}/${i}.png`);
    for (const [name, bytes] of Object.entries(folder)) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), bytes);
    }
    const expected = await openDatasets(`folder:${path('leaves')}`, { split: 0.8, size: [6, 7] });
    const size = '6x7';
    const found = await gathered(
      { ...folder, 'leaves/ash/.DS_Store': 'x', 'leaves/Thumbs.db': 'x' },
      { size },
    );
    checkSame(found, expected);
    assert.deepEqual([found.facts.source, found.facts.size], ['folder:leaves', size]);
    const members = Object.entries(folder).map(([name, bytes]) => ({ name, bytes }));
    checkSame(await gathered({ 'l.zip': Uint8Array.from(packZip(members)) }, { size }), expected);
    checkSame(await gathered({ 'l.tar': packTar(members) }, { size }), expected);
    checkSame(await gathered({ 'l.tgz': Uint8Array.from(gzipSync(packTar(members))) }, { size }), expected);
    for (const pathOf of [
      (name: string, i: number) => `${name}-${i}.png`,
      (name: string, i: number) => `some/${name}${i}.png`,
      (name: string, i: number) => `${name}_leaf_${i}.png`,
    ])
      checkSame(await gathered(leaves(pathOf), { size }), expected);
    const parts = await gathered({
      ...leaves((name, i) => `l/train/${name}/${i}.png`),
      ...leaves((name, i) => `l/test/${name}/${i}.png`),
    });
    assert.deepEqual([parts.facts.train, parts.facts.test, parts.facts.split], [15, 15, null]);
  }));

test('pictures that differ in size, or are large, are brought to one; those that are alike stay', async () => {
  const alike = await gathered(leaves((name, i) => `${name}/${i}.png`));
  assert.deepEqual([alike.facts.shape, alike.facts.size], [[9, 9, 1], null]);
  const colour = { height: 8, width: 12, channels: 3 } as const;
  const odd = { 'ash/odd.png': Uint8Array.from(pngOf(pixelsOf(0, 9, colour), colour)) };
  const brought = await gathered({ ...leaves((name, i) => `${name}/${i}.png`), ...odd });
  assert.deepEqual([brought.facts.shape, brought.facts.size], [[32, 32, 3], '32x32']);
  const large = await gathered(
    leaves((name, i) => `${name}/${i}.png`, { height: 80, width: 20, channels: 1 }),
  );
  assert.deepEqual(large.facts.shape, [32, 32, 1]);
  const wide = await gathered({ 'a.csv': table([0, 1, 0, 1], 100 * 100) });
  assert.deepEqual([wide.facts.shape, wide.facts.size], [[32, 32, 1], '32x32']);
});

test('arrays of NumPy and the files of MNIST; a data set keeps its name', async () => {
  const [images, labels] = [
    Uint8Array.from({ length: 6 * 16 }, (_, i) => i),
    Uint8Array.of(0, 1, 2, 0, 1, 2),
  ];
  const arrays = new Map<string, ShapedArray>();
  for (const part of ['train', 'test']) {
    arrays.set(`x_${part}`, { shape: [6, 4, 4], data: images });
    arrays.set(`y_${part}`, { shape: [6], data: labels });
  }
  const npz = encodeNpz(arrays);
  const named = await gathered({ 'mnist.npz': npz }, { name: 'mnist' });
  assert.deepEqual([named.facts.source, named.facts.split, named.facts.classes], ['mnist', null, 3]);
  assert.deepEqual(sorted(named.data.test), sorted(named.data.train));
  const file = (type: readonly number[], content: Uint8Array): Uint8Array<ArrayBuffer> =>
    Uint8Array.from([0, 0, 8, type.length, ...type.flatMap((n) => [0, 0, 0, n]), ...content]);
  const idx = await gathered({
    'train-images-idx3-ubyte': file([6, 4, 4], images),
    'train-labels-idx1-ubyte': file([6], labels),
    't10k-images-idx3-ubyte.gz': Uint8Array.from(gzipSync(file([6, 4, 4], images))),
    't10k-labels-idx1-ubyte': file([6], labels),
  });
  assert.deepEqual(sorted(idx.data.test), sorted(named.data.test));
});

test('what is wrong, or too much for a page, is named with what to do', async () => {
  const two = leaves((name, i) => `${name}/${i}.png`);
  await refused({}, /^files: expected images or tables, found none/);
  await refused({ '.hidden': 'x' }, /^files: expected images or tables, found none/);
  await refused({ 'a.csv': '0,1\n0,x\n' }, /^a\.csv: line 2, column 2: expected a pixel value/);
  await refused({ 'a.csv': table([0, 1, 0, 1], 6) }, /found 6 on a line; give a size of so many pixels/);
  await refused({ 'a.csv': '0,1', 'b.png': 'x' }, /expected files of one kind, found a\.csv and b\.png/);
  await refused({ 'a.csv': '0,1' }, /^a\.csv: expected labels of at least 2 classes/);
  await refused({ 'a.csv': table([0, 1, 0, 1], 4) }, /^expected height and width as 32x32, found "big"/, {
    size: 'big',
  });
  await refused({ 'a.csv': table([0, 1, 0, 1], 4) }, /^size: this page takes at most 64x64, found 65x4/, {
    size: '65x4',
  });
  await refused(
    { ...two, 'ash/more/1.png': 'x' },
    /^ash\/more\/1\.png: expected a folder for each class, found a folder/,
  );
  await refused({ ...two, 'one.png': 'x' }, /^one\.png: expected a folder for each class, found a file/);
  await refused({ ...two, 'elm/x.png': 'no picture' }, /^elm\/x\.png: expected a PNG or JPEG picture/);
  await refused({ ...two, 'a.zip': 'x' }, /^a\.zip: expected an archive alone, found 15 files beside it/);
  const many = Array.from({ length: 202 }, (_, i) => i % 101);
  await refused({ 'a.csv': table(many, 4) }, /^csv:a\.csv: this page takes at most 100 classes, found 101/);
  const huge = { size: MOST.bytes + 1, arrayBuffer: () => assert.fail('it was read') } as unknown as Blob;
  await assert.rejects(
    gather({ data: null } as never, {
      ...{ kind: 'files', name: null, size: '', seed: 1 },
      files: [{ path: 'a.csv', file: huge }],
    }),
    /^InputError: a\.csv: this page takes at most 256 MiB, found 257 MiB; take fewer images/,
  );
});
