import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createBatches } from '../../src/data/batches.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { Random } from '../../src/random/random.ts';

function tinySet(count: number, channels: number): Dataset {
  const images = Uint8Array.from({ length: count * 6 * channels }, (_, i) => (i * 29 + (i >> 3)) & 255);
  return {
    name: 'tiny',
    images,
    labels: Uint8Array.from({ length: count }, (_, i) => i % 251),
    count,
    shape: [2, 3, channels],
    classes: 251,
    classNames: [],
    mean: [0.5, 0.25, 0.125].slice(0, channels),
    deviation: [0.5, 0.25, 2].slice(0, channels),
    synthetic: true,
  };
}

const setting = fc.record({
  count: fc.integer({ min: 1, max: 60 }),
  channels: fc.constantFrom(1, 3),
  size: fc.integer({ min: 1, max: 20 }),
  seed: fc.integer(),
  epoch: fc.integer({ min: 0, max: 1000 }),
});

test('an epoch shows every image exactly once, each with its own label and normalised pixels', () => {
  fc.assert(
    fc.property(setting, ({ count, channels, size, seed, epoch }) => {
      const set = tinySet(count, channels);
      const batches = createBatches(set, { batchSize: size, seed });
      const seen = [...batches.order(epoch)].sort((a, b) => a - b);
      assert.deepEqual(
        seen,
        Array.from({ length: count }, (_, i) => i),
      );
      const pixels = new Float32Array(size * 6 * channels);
      const labels = new Uint8Array(size);
      let filled = 0;
      for (let position = 0; position < batches.perEpoch; position++) {
        const n = batches.fill(epoch, position, pixels, labels);
        for (let k = 0; k < n; k++, filled++) {
          const index = batches.order(epoch)[filled]!;
          assert.equal(labels[k], set.labels[index]);
          for (let p = 0; p < 6 * channels; p++) {
            const c = p % channels;
            const expected = Math.fround(
              (set.images[index * 6 * channels + p]! / 255 - set.mean[c]!) / set.deviation[c]!,
            );
            assert.equal(pixels[k * 6 * channels + p], expected);
          }
        }
      }
      assert.equal(filled, count);
    }),
  );
});

test('a batch is the same whether reached in order, alone, or after other epochs', () => {
  const augment = (image: Uint8Array<ArrayBufferLike>, _: unknown, random: Random): void => {
    image[0] = random.integer(256);
  };
  fc.assert(
    fc.property(setting, fc.nat(), ({ count, channels, size, seed, epoch }, pick) => {
      const set = tinySet(count, channels);
      const one = createBatches(set, { batchSize: size, seed, augment });
      const other = createBatches(set, { batchSize: size, seed, augment });
      const position = pick % one.perEpoch;
      const [a, b] = [new Float32Array(size * 6 * channels), new Float32Array(size * 6 * channels)];
      const [la, lb] = [new Uint8Array(size), new Uint8Array(size)];
      one.fill(epoch, position, a, la);
      for (let e = epoch + 2; e >= epoch; e--) {
        for (let p = 0; p < other.perEpoch; p++) other.fill(e, p, b.slice(), lb.slice());
      }
      other.fill(epoch, position, b, lb);
      assert.deepEqual(a, b);
      assert.deepEqual(la, lb);
    }),
    { numRuns: 50 },
  );
});

test('epochs and seeds differ, an augmentation differs by image and epoch, the data set itself stays as it is', () => {
  const set = tinySet(50, 1);
  const before = set.images.slice();
  const batches = createBatches(set, {
    batchSize: 50,
    seed: 1,
    augment: (image, _, random) => {
      image.fill(random.integer(256));
    },
  });
  const pixels = new Float32Array(300);
  /** What was drawn for each image, by its index in the data set. */
  const draws = [0, 1].map((epoch) => {
    batches.fill(epoch, 0, pixels, new Uint8Array(50));
    const byIndex = new Array<number>(50);
    batches.order(epoch).forEach((index, k) => {
      byIndex[index] = pixels[6 * k]!;
    });
    return byIndex;
  });
  // of 50 bytes at random two in a row rarely agree: 0.2 are expected
  for (const drawn of draws) assert.ok(drawn.filter((value, i) => value === drawn[i - 1]).length < 5);
  assert.ok(draws[0]!.filter((value, i) => value === draws[1]![i]).length < 5);
  assert.deepEqual(set.images, before);
  assert.notDeepEqual(batches.order(0).slice(), batches.order(1).slice());
  assert.notDeepEqual(createBatches(set, { batchSize: 5, seed: 2 }).order(0), batches.order(0));
  assert.deepEqual(
    [...createBatches(set, { batchSize: 5, seed: 2, shuffle: false }).order(3)],
    Array.from({ length: 50 }, (_, i) => i),
  );
});

test('dropLast leaves the partial batch out; bad sizes and positions are refused', () => {
  const set = tinySet(10, 1);
  assert.equal(createBatches(set, { batchSize: 4, seed: 1 }).perEpoch, 3);
  assert.equal(createBatches(set, { batchSize: 4, seed: 1, dropLast: true }).perEpoch, 2);
  for (const size of [0, -1, 1.5])
    assert.throws(
      () => createBatches(set, { batchSize: size, seed: 1 }),
      /^InputError: batches: expected a positive integer batchSize/,
    );
  assert.throws(
    () => createBatches(set, { batchSize: 11, seed: 1, dropLast: true }),
    /^InputError: batches: expected a batchSize of at most the 10 images of tiny, found 11/,
  );
  const batches = createBatches(set, { batchSize: 4, seed: 1 });
  assert.throws(() => batches.fill(0, 3, new Float32Array(24), new Uint8Array(4)), RangeError);
  assert.throws(() => batches.fill(0, 0, new Float32Array(23), new Uint8Array(4)), RangeError);
});

test('shuffling favours no place: over many epochs image 0 is seen everywhere', () => {
  const batches = createBatches(tinySet(10, 1), { batchSize: 10, seed: Random.seeded(4).bits() });
  const places = new Uint32Array(10);
  for (let epoch = 0; epoch < 2000; epoch++) places[batches.order(epoch).indexOf(0)]!++;
  // 200 expected, deviation 13.4: six deviations
  assert.ok(
    places.every((n) => Math.abs(n - 200) < 81),
    places.join(),
  );
});
