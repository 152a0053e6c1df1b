import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { createBatches } from '../../src/data/batches.ts';
import { createDataset, type DatasetParts } from '../../src/data/create-dataset.ts';
import { imagesOf, labelsOf } from '../../src/data/labelled-arrays.ts';
import { asLearned, differingStatistics, learnedFrom } from '../../src/data/learned.ts';
import { prefetch } from '../../src/data/prefetch/prefetch.ts';
import { splitBySeed } from '../../src/data/split.ts';

const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count * 4 }, (_, i) => (i * 37) % 256);

test('from images, labels and shape alone: classes and statistics are found', () => {
  const set = createDataset({ images: Uint8Array.of(255, 0, 0, 255), labels: [0, 1], shape: [1, 2, 1] });
  assert.deepEqual([set.count, set.classes, set.mean, set.deviation], [2, 2, [0.5], [0.5]]);
  const constant = createDataset({ images: Uint8Array.of(51, 51), labels: [0, 1], shape: [1, 1, 1] });
  assert.deepEqual(constant.deviation, [1]);
});

test('what does not fit is refused by name', () => {
  const good: DatasetParts = { images: bytes(3), labels: [0, 1, 2], shape: [2, 2, 1], name: 'mine' };
  const refused = (change: Partial<DatasetParts>, message: RegExp): void => {
    assert.throws(() => createDataset({ ...good, ...change }), message);
  };
  refused({ labels: [] }, /^InputError: mine: expected at least one image/);
  refused({ labels: [0, 0, 0] }, /^InputError: mine: expected 2 to 65535 classes, found 1/);
  refused({ labels: [0, 1] }, /^InputError: mine: 2 labels for images of 2x2x1 need 8 bytes, found 12/);
  refused({ labels: [0, -1, 2] }, /^InputError: mine: label -1 of image 1 should be a whole number/);
  refused({ labels: [0, 1.5, 2] }, /label 1\.5 of image 1/);
  refused({ labels: [0, 65_535, 1] }, /label 65535 of image 1/);
  refused({ classes: 2 }, /^InputError: mine: label 2 of image 2 is not below 2/);
  refused({ classNames: ['a', 'b'] }, /label 2 of image 2 is not below 2/);
  refused({ classNames: ['a', 'b', 'c'], classes: 4 }, /expected 4 names of classes, found 3/);
  refused({ mean: [0], deviation: [0] }, /deviation should be above 0/);
  refused({ mean: [0, 1], deviation: [1] }, /mean should be 1 finite numbers/);
});

test('1,000 classes: labels arrive whole in batches, filled here or by a thread', async () => {
  const labels = Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000);
  const set = createDataset({ images: bytes(1000), labels, shape: [2, 2, 1] });
  assert.equal(set.classes, 1000);
  const [pixels, found] = [new Float32Array(400), new Uint16Array(100)];
  const options = { batchSize: 100, seed: 1 };
  const batches = createBatches(set, options);
  const ahead = prefetch(set, options, {});
  try {
    const begun = performance.now();
    for (let epoch = 0; ahead.ahead === 0 && performance.now() - begun < 60_000; epoch++) {
      await setTimeout(20); // the thread may come up meanwhile
      for (let position = 0; position < 10; position++) {
        batches.fill(epoch, position, pixels, found);
        const order = batches.order(epoch).subarray(position * 100, (position + 1) * 100);
        assert.deepEqual(
          [...found],
          [...order].map((index) => labels[index]),
        );
        const again = new Uint16Array(100);
        ahead.fill(epoch, position, pixels, again);
        assert.deepEqual(again, found);
      }
    }
    assert.ok(ahead.ahead > 0);
  } finally {
    ahead.close();
  }
  assert.throws(() => batches.fill(0, 0, pixels, new Uint8Array(100)), /need a Uint16Array/);
});

test('a split has every image once, the share of each class, and the same images for the same seed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 2, max: 30 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 99 }),
      fc.nat(100),
      (sizes, percent, seed) => {
        const labels = sizes.flatMap((size, label) => Array<number>(size).fill(label));
        const by = { share: percent / 100, seed };
        const { train, test } = splitBySeed(labels, by, String);
        assert.deepEqual(
          [...train, ...test].sort((a, b) => a - b),
          [...labels.keys()],
        );
        sizes.forEach((size, label) => {
          const own = train.filter((index) => labels[index] === label).length;
          assert.ok(own >= 1 && own < size);
          const wanted = Math.round(by.share * size);
          assert.equal(own, Math.max(1, Math.min(size - 1, wanted)));
        });
        assert.deepEqual(splitBySeed(labels, by, String), { train, test });
      },
    ),
  );
  const many = Array<number>(200).fill(0);
  const other = [1, 2].map((seed) => splitBySeed(many, { share: 0.5, seed }, String).train.join());
  assert.notEqual(other[0], other[1]);
  assert.throws(
    () => splitBySeed([0, 0, 1], { share: 0.5, seed: 1 }, (c) => `class ${c}`),
    /^InputError: class 1: expected at least 2 images/,
  );
});

test('arrays of other kinds and shapes are refused with what to do', () => {
  const refused = (make: () => unknown, message: RegExp): void => void assert.throws(make, message);
  refused(
    () => imagesOf(ndarray(new Float32Array(4), [1, 2, 2]), 'x'),
    /^InputError: x: expected images of bytes \(uint8\), found float32 of 1x2x2; scale them/,
  );
  refused(() => imagesOf(ndarray(new Uint8Array(12), [1, 3, 2, 2]), 'x'), /transpose\(0, 2, 3, 1\)/);
  refused(() => imagesOf(ndarray(new Uint8Array(4), [4]), 'x'), /is it the labels' file/);
  refused(() => labelsOf(ndarray(new Uint8Array(6), [2, 3]), 'y'), /one-hot rows save argmax/);
  refused(
    () => labelsOf(ndarray(new Float32Array([0.5]), [1]), 'y'),
    /^InputError: y: label 0\.5 of image 0 \(float32\)/,
  );
  refused(() => labelsOf(ndarray(new Int32Array([0, -3]), [2]), 'y'), /label -3 of image 1/);
  assert.deepEqual([...labelsOf(ndarray(new Int32Array([0, 300]), [2, 1]), 'y')], [0, 300]);
  const turned = ndarray(Uint8Array.of(1, 2, 3, 4, 5, 6), [3, 1, 2]).transpose(2, 1, 0);
  assert.deepEqual([...imagesOf(turned, 'x').images], [1, 3, 5, 2, 4, 6]);
});

test('a network sees other images with the eyes of those that it learned', () => {
  const set = createDataset({
    images: bytes(3),
    labels: [0, 1, 2],
    shape: [2, 2, 1],
    classNames: ['a', 'b', 'c'],
  });
  const learned = { ...learnedFrom(set), mean: [0.25] };
  const seen = asLearned(set, { learned });
  assert.deepEqual([seen.mean, seen.deviation, seen.images], [[0.25], set.deviation, set.images]);
  assert.equal(asLearned(set, {}), set);
  assert.equal(differingStatistics(set, set), null);
  assert.match(
    differingStatistics({ mean: [0.5], deviation: [0.2] }, { mean: [0.3], deviation: [0.2] })!,
    /mean 128, .* learned mean 77,/,
  );
});
