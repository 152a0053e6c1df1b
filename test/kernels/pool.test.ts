/** @file Pools: the fast loops have the bits of the plain ones, sums in the same order and ties at the first pixel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PoolShape } from '../../src/kernels/kernels.ts';
import * as reference from '../../src/kernels/pool/reference.ts';
import { createPool } from '../../src/kernels/pool/simd.ts';
import { Random } from '../../src/random/random.ts';
import { onHeap } from './support.ts';
import { arena, heap, local } from './vector-support.ts';

const simd = createPool(arena, local);
const int = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

const poolShapes: fc.Arbitrary<PoolShape> = fc
  .record({
    batch: int(1, 4),
    size: int(1, 6),
    height: int(1, 5),
    width: int(1, 5),
    restHeight: int(0, 5),
    restWidth: int(0, 5),
    channels: fc.oneof(int(1, 9), fc.constantFrom(16, 32, 66)),
  })
  .map(({ batch, size, height, width, restHeight, restWidth, channels }) => ({
    batch,
    size,
    channels,
    inHeight: height * size + (restHeight % size),
    inWidth: width * size + (restWidth % size),
  }));

test('avgPool: simd = reference, bit for bit; backward is exact and 0 at a dropped edge', () => {
  fc.assert(
    fc.property(poolShapes, fc.nat(), (shape, seed) =>
      onHeap(heap, (array) => {
        const { batch, inHeight, inWidth, channels, size } = shape;
        const inSize = batch * inHeight * inWidth * channels;
        const outSize = batch * Math.floor(inHeight / size) * Math.floor(inWidth / size) * channels;
        const [x, dy] = [array(inSize, seed), array(outSize, seed + 1)];
        const [y, dx] = [array(outSize), array(inSize)];
        const [expectedY, expectedDx] = [new Float32Array(outSize), new Float32Array(inSize)];
        reference.avgPool(x, expectedY, shape);
        simd.avgPool(x, y, shape);
        assert.deepEqual(new Float32Array(y), expectedY);
        reference.avgPoolBackward(dy, expectedDx, shape);
        simd.avgPoolBackward(dy, dx, shape);
        assert.deepEqual(new Float32Array(dx), expectedDx);
      }),
    ),
    { numRuns: 400 },
  );
});

test('maxPool: simd = reference, bit for bit, with ties, infinities and NaN; backward gives each dy to one pixel', () => {
  const values = [-1, -0.5, 0, 0.5, 1, Number.NEGATIVE_INFINITY, Number.NaN];
  fc.assert(
    fc.property(poolShapes, fc.nat(), fc.integer({ min: 1, max: values.length }), (shape, seed, kinds) =>
      onHeap(heap, (array) => {
        const { batch, inHeight, inWidth, channels, size } = shape;
        const inSize = batch * inHeight * inWidth * channels;
        const outSize = batch * Math.floor(inHeight / size) * Math.floor(inWidth / size) * channels;
        const random = Random.seeded(seed);
        const [x, dy] = [array(inSize), array(outSize, seed + 1)];
        for (let i = 0; i < inSize; i++) x[i] = values[random.integer(kinds)]!;
        const [y, dx] = [array(outSize), array(inSize).fill(3)];
        const [expectedY, expectedDx] = [new Float32Array(outSize), new Float32Array(inSize)];
        reference.maxPool(x, expectedY, shape);
        simd.maxPool(x, y, shape);
        assert.deepEqual([...y], [...expectedY]); // one NaN is as good as another
        reference.maxPoolBackward(x, y, dy, expectedDx, shape);
        simd.maxPoolBackward(x, y, dy, dx, shape);
        assert.deepEqual([...dx], [...expectedDx]);
        if (kinds === values.length) return;
        const given = dx.filter((value) => value !== 0).length;
        assert.equal(given, dy.filter((value) => value !== 0).length);
      }),
    ),
    { numRuns: 400 },
  );
});
