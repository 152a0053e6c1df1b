/** @file Whitening: outputs of the first convolution are uncorrelated and of about unit variance. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Dataset, pixelStatistics } from '../../src/data/dataset.ts';
import { Heap } from '../../src/memory/heap.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { builder } from '../../src/nn/models/build.ts';
import { Random } from '../../src/random/random.ts';
import { symmetricEigen } from '../../src/train/symmetric-eigen.ts';
import { whitenFirst } from '../../src/train/whiten.ts';

test('symmetric matrices: V is orthonormal, V^T D V is the matrix, eigenvalues fall', () => {
  const cases = fc.record({
    size: fc.integer({ min: 1, max: 9 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
  });
  fc.assert(
    fc.property(cases, ({ size, seed }) => {
      const random = Random.seeded(seed);
      const a = new Float64Array(size * size);
      for (let i = 0; i < size; i++)
        for (let j = 0; j <= i; j++) a[i * size + j] = a[j * size + i] = random.normal();
      const { values, vectors } = symmetricEigen(a, size);
      for (let i = 0; i < size; i++) {
        if (i > 0) assert.ok(values[i - 1]! >= values[i]!);
        for (let j = 0; j < size; j++) {
          let [dot, back] = [0, 0];
          for (let k = 0; k < size; k++) {
            dot += vectors[i * size + k]! * vectors[j * size + k]!;
            back += values[k]! * vectors[k * size + i]! * vectors[k * size + j]!;
          }
          assert.ok(Math.abs(dot - (i === j ? 1 : 0)) < 1e-10);
          assert.ok(Math.abs(back - a[i * size + j]!) < 1e-10);
        }
      }
    }),
    { numRuns: 100 },
  );
});

/** Smooth random images: neighbours are correlated. */
function clouds(count: number): Dataset {
  const random = Random.seeded(5);
  const images = new Uint8Array(count * 144);
  for (let i = 0; i < images.length; i++) {
    const left = i % 12 > 0 ? images[i - 1]! : 128;
    images[i] = Math.max(0, Math.min(255, Math.round(left + 20 * random.normal())));
  }
  const statistics = pixelStatistics(images, 1);
  return {
    name: 'clouds',
    images,
    labels: new Uint8Array(count),
    count,
    shape: [12, 12, 1],
    classes: 2,
    classNames: ['a', 'b'],
    ...statistics,
    synthetic: true,
  };
}

test('the first filters whiten the patches they were made from, in both signs', () => {
  const b = builder({ activation: 'strelu' });
  const layers = [b.conv(1, 20, 3, { bias: false }), b.norm(20), b.act(20), b.flatten(), b.linear(2000, 2)];
  const heap = new Heap({ initialBytes: 2 ** 20 });
  const model = createModel(heap, { name: 'w', input: [12, 12, 1], classes: 2, layers }, Random.seeded(1));
  const before = Float32Array.from(model.tensors.get('conv1.weight')!.data);
  const data = clouds(300);
  whitenFirst(model, data);
  const weight = model.tensors.get('conv1.weight')!.data;
  const products = new Float64Array(9 * 9);
  const sums = new Float64Array(9);
  const pixel = (at: number): number => (data.images[at]! / 255 - data.mean[0]!) / data.deviation[0]!;
  let count = 0;
  for (let i = 0; i < data.count; i++)
    for (let y = 0; y < 12; y += 3)
      for (let x = 0; x < 12; x += 3) {
        const out = Array.from({ length: 9 }, (_, direction) => {
          let sum = 0;
          for (let k = 0; k < 9; k++)
            sum +=
              weight[k * 20 + 2 * direction]! * pixel(i * 144 + (y + Math.floor(k / 3)) * 12 + x + (k % 3));
          return sum;
        });
        out.forEach((a, p) => {
          sums[p]! += a;
          for (let q = 0; q < 9; q++) products[p * 9 + q]! += a * out[q]!;
        });
        count++;
      }
  for (let p = 0; p < 9; p++)
    for (let q = 0; q < 9; q++) {
      const covariance = products[p * 9 + q]! / count - (sums[p]! * sums[q]!) / count ** 2;
      // The variance is lambda / (lambda + 0.01): under 1, and near it for all but the faintest directions.
      if (p === q) assert.ok(covariance > 0.5 && covariance < 1 + 1e-4, `variance ${covariance}`);
      else assert.ok(Math.abs(covariance) < 1e-4, `covariance ${covariance}`);
    }
  for (let k = 0; k < 9; k++) {
    for (let c = 0; c < 18; c += 2) assert.equal(weight[k * 20 + c], -weight[k * 20 + c + 1]!);
    for (const c of [18, 19]) assert.equal(weight[k * 20 + c], before[k * 20 + c]);
  }
});

test('filters of half the deviation are half the filters', () => {
  const b = builder({ activation: 'strelu' });
  const layers = [b.conv(1, 20, 3, { bias: false }), b.norm(20), b.act(20), b.flatten(), b.linear(2000, 2)];
  const heap = new Heap({ initialBytes: 2 ** 20 });
  const data = clouds(300);
  const filters = [1, 0.5].map((deviation) => {
    const model = createModel(heap, { name: 'w', input: [12, 12, 1], classes: 2, layers }, Random.seeded(1));
    whitenFirst(model, data, deviation);
    return Float32Array.from(model.tensors.get('conv1.weight')!.data);
  });
  // channels 18 and 19 lie beyond the directions of a patch: they keep what they had
  filters[0]!.forEach((weight, i) => {
    assert.equal(filters[1]![i], i % 20 < 18 ? weight / 2 : weight);
  });
});

test('a network that does not begin with a convolution is refused by name', () => {
  const b = builder({ activation: 'strelu' });
  const heap = new Heap({ initialBytes: 2 ** 20 });
  const layers = [b.flatten(), b.linear(144, 2)];
  const model = createModel(heap, { name: 'w', input: [12, 12, 1], classes: 2, layers }, Random.seeded(1));
  assert.throws(() => whitenFirst(model, clouds(10)), /^InputError: flatten1: whitening needs a convolution/);
});
