/** @file The fast convolutions equal the plain ones: any kernel, stride, padding and channel count, forward and backward. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import { clipped } from '../../src/kernels/clip/reference.ts';
import * as reference from '../../src/kernels/conv2d/reference.ts';
import { createSimdConv2d, schemeFor } from '../../src/kernels/conv2d/simd.ts';
import type { Clip, Conv2dShape } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { allClose, onHeap } from './support.ts';

/** Sums of products need 1; minimal filtering amplifies rounding (measured and bounded in winograd.test.ts). */
const margin = (shape: Conv2dShape): number => (schemeFor(shape) ? 300 : 1);

const heap = new Heap();
const team = new LocalTeam(heap);
const arena = new Arena(heap);

const int = (min: number, max: number) => fc.integer({ min, max });

/** Shapes whose output is not empty. */
const shapes: fc.Arbitrary<Conv2dShape> = fc
  .record({
    batch: int(1, 3),
    inHeight: int(1, 11),
    inWidth: int(1, 11),
    inChannels: fc.oneof(int(1, 9), fc.constantFrom(4, 8, 12, 16)),
    outChannels: fc.oneof(int(1, 9), fc.constantFrom(4, 8, 12, 16)),
    kernel: fc.oneof(int(1, 6), fc.constantFrom(3, 5)),
    stride: fc.oneof({ arbitrary: fc.constant(1), weight: 3 }, { arbitrary: int(2, 3), weight: 1 }),
    padding: int(0, 3),
  })
  .map((s) => ({
    ...s,
    outHeight: Math.floor((s.inHeight + 2 * s.padding - s.kernel) / s.stride) + 1,
    outWidth: Math.floor((s.inWidth + 2 * s.padding - s.kernel) / s.stride) + 1,
  }))
  .filter((s) => s.outHeight > 0 && s.outWidth > 0);

const clips: fc.Arbitrary<Clip | null> = fc.option(
  fc.record({
    lower: fc.constantFrom<-1 | 0>(-1, 0),
    leak: fc.constantFrom(1, 0.01),
    levels: fc.constant(0),
    rounding: fc.constantFrom<'truncate' | 'round'>('truncate', 'round'),
  }),
);

const sizes = (s: Conv2dShape) => ({
  x: s.batch * s.inHeight * s.inWidth * s.inChannels,
  y: s.batch * s.outHeight * s.outWidth * s.outChannels,
  w: s.kernel ** 2 * s.inChannels * s.outChannels,
});

for (const relaxed of hasRelaxedSimd ? [true, false] : [false]) {
  const simd = createSimdConv2d(arena, team, relaxed);
  const name = relaxed ? 'fused multiply-add' : 'plain multiply-add';

  test(`conv2d with bias and activation: simd = reference, ${name}`, () => {
    fc.assert(
      fc.property(
        shapes,
        fc.boolean(),
        clips,
        fc.boolean(),
        fc.nat(),
        (s, biased, clip, perChannel, seed) => {
          onHeap(heap, (array) => {
            const size = sizes(s);
            const [x, w, y] = [array(size.x, seed), array(size.w, seed + 1), array(size.y)];
            const bias = biased ? array(s.outChannels, seed + 2) : null;
            const theta = array(perChannel ? s.outChannels : 1, seed + 3).map((t) => Math.abs(t) + 0.5);
            const limits = array(theta.length);
            limits.set(theta);
            const expected = new Float64Array(size.y);
            reference.conv2d(x, w, bias, clip && { clip, theta: limits }, expected, s);
            simd.conv2d(x, w, bias, clip && { clip, theta: limits }, y, s);
            allClose(y, expected, (s.kernel ** 2 * s.inChannels + 1) * 2 ** -23 * margin(s));
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  test(`an activation on the grid in the same pass = the convolution, then the reference's, ${name}`, () => {
    const grids = fc.record({
      lower: fc.constantFrom<-1 | 0>(-1, 0),
      leak: fc.constant(1),
      levels: fc.constantFrom(1, 2, 4, 8), // with theta a power of two every quantum is exact, so both round alike
      rounding: fc.constantFrom<'truncate' | 'round'>('truncate', 'round'),
    });
    fc.assert(
      fc.property(shapes, grids, fc.constantFrom(0.5, 1, 4), fc.nat(), (s, clip, limit, seed) => {
        onHeap(heap, (array) => {
          const size = sizes(s);
          const [x, w, bias] = [array(size.x, seed), array(size.w, seed + 1), array(s.outChannels, seed + 2)];
          const [plain, fused, theta] = [array(size.y), array(size.y), array(1).fill(limit)];
          simd.conv2d(x, w, bias, null, plain, s);
          simd.conv2d(x, w, bias, { clip, theta }, fused, s);
          clipped(plain, theta, clip, plain, s.outChannels);
          assert.deepEqual(
            fused.map((value) => value + 0),
            plain.map((value) => value + 0), // -0 is 0
          );
        });
      }),
      { numRuns: 200 },
    );
  });

  test(`conv2d backward: simd = reference, ${name}`, () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (s, seed) => {
        onHeap(heap, (array) => {
          const size = sizes(s);
          const [x, w, dy] = [array(size.x, seed), array(size.w, seed + 1), array(size.y, seed + 2)];
          const [dx, dw] = [array(size.x), array(size.w)];
          const [expectedDx, expectedDw] = [new Float64Array(size.x), new Float64Array(size.w)];
          reference.conv2dBackwardInput(dy, w, expectedDx, s);
          simd.conv2dBackwardInput(dy, w, dx, s);
          allClose(dx, expectedDx, s.kernel ** 2 * s.outChannels * 2 ** -23 * margin(s));
          reference.conv2dBackwardWeights(x, dy, expectedDw, s);
          simd.conv2dBackwardWeights(x, dy, dw, s);
          allClose(dw, expectedDw, s.batch * s.outHeight * s.outWidth * 2 ** -23 * margin(s));
        });
      }),
      { numRuns: 400 },
    );
  });
}
