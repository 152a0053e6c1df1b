/** @file Average pooling: the fast loops take the plain ones' sums in the same order, so the bits agree. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PoolShape } from '../../src/kernels/kernels.ts';
import * as reference from '../../src/kernels/pool/reference.ts';
import { createPool } from '../../src/kernels/pool/simd.ts';
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
