import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createBatches } from '../../src/data/batches.ts';
import { normalised } from '../../src/data/normalise.ts';
import { drawStrokes } from '../../src/data/strokes.ts';

const dataset = { ...drawStrokes({ count: 30, seed: 1, split: 'test' }), mean: [0.25], deviation: [0.5] };
const SIZE = 28 * 28;

test('any stretch of images is (value / 255 - mean) / deviation, and a batch of the same images in order is the same', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(30), (a, b) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      const found = normalised(dataset, start, end - start);
      const bytes = dataset.images.subarray(start * SIZE, end * SIZE);
      assert.deepEqual(
        found,
        Float32Array.from(bytes, (value) => (value / 255 - 0.25) / 0.5),
      );
    }),
  );
  const pixels = new Float32Array(30 * SIZE);
  createBatches(dataset, { batchSize: 30, seed: 1, shuffle: false }).fill(0, 0, pixels, new Uint8Array(30));
  assert.deepEqual(normalised(dataset), pixels);
  assert.deepEqual(normalised(dataset, 7), pixels.subarray(7 * SIZE));
});

test('images that are not there are refused', () => {
  for (const [start, count] of [
    [-1, 2],
    [29, 2],
    [0, 31],
    [0, -1],
    [Number.NaN, 1],
  ])
    assert.throws(() => normalised(dataset, start, count), /^InputError: strokes: images .* it has 30/);
});
