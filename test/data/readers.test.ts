import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCifar10, readCifar100 } from '../../src/data/cifar.ts';
import { imageAt, pixelStatistics, take } from '../../src/data/dataset.ts';
import { readEmnist } from '../../src/data/emnist.ts';
import { imageView } from '../../src/data/image-view.ts';
import { MNIST, readMnist } from '../../src/data/mnist.ts';
import { Random } from '../../src/random/random.ts';

const randomBytes = (length: number, seed: number, below = 256): Uint8Array<ArrayBuffer> => {
  const random = Random.seeded(seed);
  return Uint8Array.from({ length }, () => random.integer(below));
};
const big = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const images = (n: number, seed: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array([0, 0, 8, 3, ...big(n), ...big(28), ...big(28), ...randomBytes(n * 784, seed)]);
const labels = (n: number, seed: number, below = 10): Uint8Array<ArrayBuffer> =>
  new Uint8Array([0, 0, 8, 1, ...big(n), ...randomBytes(n, seed, below)]);

test('MNIST: pixels and labels arrive unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer(), async (n, seed) => {
      const set = await readMnist(
        MNIST,
        { name: 'i', bytes: images(n, seed) },
        { name: 'l', bytes: labels(n, seed) },
      );
      assert.equal(set.count, n);
      assert.deepEqual(set.shape, [28, 28, 1]);
      assert.deepEqual([...set.images], [...randomBytes(n * 784, seed)]);
      assert.deepEqual([...set.labels], [...randomBytes(n, seed, 10)]);
    }),
    { numRuns: 20 },
  );
});

test('MNIST: counts that differ, swapped files and labels out of range are refused', async () => {
  const read = (i: Uint8Array<ArrayBuffer>, l: Uint8Array<ArrayBuffer>) =>
    readMnist(MNIST, { name: 'images.gz', bytes: i }, { name: 'labels.gz', bytes: l });
  await assert.rejects(read(images(3, 1), labels(4, 1)), /^InputError: labels\.gz: 4 labels for 3 images/);
  await assert.rejects(
    read(labels(3, 1), images(3, 1)),
    /^InputError: images\.gz: expected .* is it the labels' file\?/,
  );
  await assert.rejects(read(images(3, 1), images(3, 1)), /^InputError: labels\.gz: expected/);
  const bad = labels(3, 1);
  bad[9] = 10;
  await assert.rejects(
    read(images(3, 1), bad),
    /^InputError: labels\.gz: label 10 of image 1 is not below 10/,
  );
});

test('CIFAR-10: byte (row, column, channel) comes from plane channel of its record, across files', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      fc.integer(),
      (sizes, seed) => {
        const files = sizes.map((n, f) => {
          const bytes = randomBytes(n * 3073, seed + f);
          for (let r = 0; r < n; r++) bytes[r * 3073]! %= 10;
          return { name: `f${f}`, bytes };
        });
        const set = readCifar10(files);
        const view = imageView(set);
        let at = 0;
        for (const { bytes } of files) {
          for (let r = 0; r < bytes.length / 3073; r++, at++) {
            assert.equal(set.labels[at], bytes[r * 3073]);
            for (const [y, x, c] of [
              [0, 0, 0],
              [31, 31, 2],
              [5, 7, 1],
              [7, 5, 2],
              [0, 31, 0],
            ] as const) {
              assert.equal(view.get(at, y, x, c), bytes[r * 3073 + 1 + c * 1024 + y * 32 + x]);
            }
          }
        }
        assert.equal(set.count, at);
      },
    ),
    { numRuns: 20 },
  );
});

test('CIFAR-10: a file that is no whole number of records, or an unknown label, is refused', () => {
  const bytes = new Uint8Array(2 * 3073);
  for (const length of [0, 1, 3072, 3074]) {
    assert.throws(
      () => readCifar10([{ name: 'b.bin', bytes: bytes.slice(0, length) }]),
      /^InputError: b\.bin: expected records/,
    );
  }
  bytes[3073] = 10;
  assert.throws(() => readCifar10([{ name: 'b.bin', bytes }]), /^InputError: b\.bin: label 10 of record 1/);
});

test('take: the first images, sharing memory; statistics by their definition', async () => {
  const set = await readMnist(MNIST, { name: 'i', bytes: images(5, 3) }, { name: 'l', bytes: labels(5, 3) });
  const two = take(set, 2);
  assert.equal(two.count, 2);
  assert.deepEqual([...imageAt(two, 1)], [...imageAt(set, 1)]);
  assert.equal(two.images.buffer, set.images.buffer);
  assert.equal(take(set, 9), set);
  const { mean, deviation } = pixelStatistics(new Uint8Array([0, 51, 255, 51]), 2);
  assert.deepEqual(mean, [0.5, 0.2]);
  assert.ok(Math.abs(deviation[0]! - 0.5) < 1e-12 && Math.abs(deviation[1]!) < 1e-7);
});

test('CIFAR-100: the second byte is the fine label, the first the coarse one', () => {
  const bytes = new Uint8Array(2 * 3074).fill(9);
  bytes.set([3, 99], 0);
  bytes.set([19, 0], 3074);
  const file = [{ name: 'train.bin', bytes }];
  const fine = readCifar100(file);
  assert.deepEqual([[...fine.labels], fine.classes, fine.classNames[99]], [[99, 0], 100, 'worm']);
  const coarse = readCifar100(file, 'coarse');
  assert.deepEqual([[...coarse.labels], coarse.classes, coarse.classNames[19]], [[3, 19], 20, 'vehicles_2']);
  assert.equal(fine.images[3 * 1023], 9);
  bytes[1] = 100;
  assert.throws(() => readCifar100(file), /^InputError: train\.bin: label 100 of record 0 is not below 100/);
  assert.throws(
    () => readCifar100([{ name: 't', bytes: new Uint8Array(3073) }]),
    /expected records of 3074 bytes/,
  );
});

test('EMNIST: images stand upright, letters count from 0', async () => {
  const image = Uint8Array.from({ length: 784 }, (_, i) => i % 251);
  const i = { name: 'i', bytes: new Uint8Array([0, 0, 8, 3, ...big(1), ...big(28), ...big(28), ...image]) };
  const l = (label: number) => ({ name: 'l', bytes: new Uint8Array([0, 0, 8, 1, ...big(1), label]) });
  const set = await readEmnist('letters', i, l(26));
  assert.deepEqual([set.classes, set.labels[0], set.classNames[25]], [26, 25, 'Z']);
  for (const [y, x] of [
    [0, 5],
    [7, 3],
    [27, 0],
  ] as const)
    assert.equal(imageView(set).get(0, y, x, 0), image[x * 28 + y]);
  await assert.rejects(
    readEmnist('letters', i, l(0)),
    /^InputError: l: label 0 of image 0 is not from 1 to 26/,
  );
  assert.equal((await readEmnist('balanced', i, l(46))).classNames[46], 't');
  await assert.rejects(
    readEmnist('balanced', i, l(47)),
    /^InputError: l: label 47 of image 0 is not below 47/,
  );
});

test('an empty split is refused when it is opened', async () => {
  await assert.rejects(
    readMnist(MNIST, { name: 'i', bytes: images(0, 1) }, { name: 'l', bytes: labels(0, 1) }),
    /^InputError: i: expected at least one image, found 0x28x28/,
  );
});
