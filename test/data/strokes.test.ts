import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Dataset, imageAt, pixelStatistics } from '../../src/data/dataset.ts';
import { drawStrokes } from '../../src/data/strokes.ts';

const options = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  seed: fc.integer(),
  split: fc.constantFrom('train' as const, 'test' as const),
});

test('same seed, same bytes; image i does not depend on how many follow', () => {
  fc.assert(
    fc.property(options, fc.integer({ min: 0, max: 25 }), (chosen, more) => {
      const few = drawStrokes(chosen);
      const many = drawStrokes({ ...chosen, count: chosen.count + more });
      assert.deepEqual(few.images, many.images.slice(0, few.images.length));
      assert.deepEqual(few.labels, many.labels.slice(0, few.count));
    }),
    { numRuns: 30 },
  );
});

test('other seeds, splits and positions give other images', () => {
  const sets = [
    drawStrokes({ count: 500, seed: 1, split: 'train' }),
    drawStrokes({ count: 500, seed: 2, split: 'train' }),
    drawStrokes({ count: 500, seed: 1, split: 'test' }),
  ];
  const seen = new Set<string>();
  for (const set of sets) for (let i = 0; i < set.count; i++) seen.add(imageAt(set, i).join());
  assert.equal(seen.size, 1500);
});

test('each ten images in a row show each digit once', () => {
  fc.assert(
    fc.property(options, (chosen) => {
      const { labels } = drawStrokes({ ...chosen, count: 10 * Math.ceil(chosen.count / 10) });
      for (let i = 0; i < labels.length; i += 10) {
        assert.deepEqual([...labels.slice(i, i + 10)].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }
    }),
    { numRuns: 30 },
  );
});

test('every image has ink and paper', () => {
  const set = drawStrokes({ count: 2000, seed: 5, split: 'train' });
  for (let i = 0; i < set.count; i++) {
    const dark = imageAt(set, i).reduce((n, value) => n + (value > 75 ? 1 : 0), 0);
    assert.ok(dark >= 10 && dark <= 350, `image ${i} (a ${set.labels[i]}) has ${dark} dark pixels`);
  }
});

test('the stated mean and deviation are those of the images', () => {
  const set = drawStrokes({ count: 4000, seed: 3, split: 'train' });
  const { mean, deviation } = pixelStatistics(set.images, 1);
  // 3 decimals: the sampling error of 4,000 images is about 0.0007
  assert.ok(Math.abs(mean[0]! - set.mean[0]!) < 0.004, `${mean[0]}`);
  assert.ok(Math.abs(deviation[0]! - set.deviation[0]!) < 0.004, `${deviation[0]}`);
  assert.equal(set.synthetic, true);
});

test('the bytes are the same on every engine: golden digest of 100 images', () => {
  const { images } = drawStrokes({ count: 100, seed: 1, split: 'train' });
  assert.equal(
    createHash('sha256').update(images).digest('hex'),
    '0443c8b078b00f7c889d486d9b2ad35a4c4dca0644ec56f38e699ecbed1363e4',
  );
});

test('hard enough: a linear classifier learns something but stays under 93 %', () => {
  const train = drawStrokes({ count: 3000, seed: 1, split: 'train' });
  const held = drawStrokes({ count: 1000, seed: 1, split: 'test' });
  const percent = linearAccuracy(train, held);
  assert.ok(percent > 65 && percent < 93, `${percent} %`);
});

/** Softmax regression by plain stochastic gradient descent, in percent of `held`. */
function linearAccuracy(train: Dataset, held: Dataset): number {
  const inputs = 784;
  const weight = new Float64Array(10 * (inputs + 1));
  const logits = new Float64Array(10);
  const pixels = new Float64Array(inputs + 1).fill(1);
  const forward = (set: Dataset, i: number): void => {
    const image = imageAt(set, i);
    for (let p = 0; p < inputs; p++) pixels[p] = (image[p]! / 255 - 0.11) / 0.23;
    for (let k = 0; k < 10; k++) {
      let sum = 0;
      for (let p = 0; p <= inputs; p++) sum += weight[k * (inputs + 1) + p]! * pixels[p]!;
      logits[k] = sum;
    }
  };
  for (let epoch = 0; epoch < 8; epoch++) {
    for (let i = 0; i < train.count; i++) {
      forward(train, i);
      const top = Math.max(...logits);
      const total = logits.reduce((sum, value) => sum + Math.exp(value - top), 0);
      for (let k = 0; k < 10; k++) {
        const step =
          0.002 * ((k === train.labels[i] ? 1 : 0) - Math.exp(logits[k]! - top) / total) * 0.8 ** epoch;
        for (let p = 0; p <= inputs; p++) weight[k * (inputs + 1) + p]! += step * pixels[p]!;
      }
    }
  }
  let right = 0;
  for (let i = 0; i < held.count; i++) {
    forward(held, i);
    if (logits.indexOf(Math.max(...logits)) === held.labels[i]) right++;
  }
  return (100 * right) / held.count;
}
