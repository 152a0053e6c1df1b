/** @file Convolution of each channel by itself: SIMD against plain loops, for any window. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as reference from '../../src/kernels/depthwise/reference.ts';
import { createDepthwise } from '../../src/kernels/depthwise/simd.ts';
import type { DepthwiseShape } from '../../src/kernels/kernels.ts';
import { onHeap } from './support.ts';
import { arena, heap, local } from './vector-support.ts';

const simd = createDepthwise(arena, local);
const int = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const pair = (min: number, max: number) => fc.tuple(int(min, max), int(min, max));

const shapes: fc.Arbitrary<DepthwiseShape> = fc
  .record({
    batch: int(1, 3),
    map: pair(1, 7),
    kernel: pair(1, 4),
    stride: pair(1, 3),
    before: pair(0, 5),
    behind: pair(0, 5),
    dilation: pair(1, 3),
    channels: fc.oneof(int(1, 9), fc.constantFrom(16, 21, 32, 66)),
  })
  .filter(({ map, kernel, before, behind, dilation }) =>
    [0, 1].every((a) => map[a]! + before[a]! + behind[a]! > dilation[a]! * (kernel[a]! - 1)),
  )
  .map(({ map, behind, ...rest }) => {
    const { kernel, stride, before, dilation } = rest;
    const out = (a: 0 | 1): number =>
      Math.floor((map[a] + before[a] + behind[a] - dilation[a] * (kernel[a] - 1) - 1) / stride[a]) + 1;
    return { ...rest, inHeight: map[0], inWidth: map[1], outHeight: out(0), outWidth: out(1) };
  });

test('depthwise: simd = reference, within rounding, forward and both gradients', () => {
  fc.assert(
    fc.property(shapes, fc.nat(), (shape, seed) =>
      onHeap(heap, (array) => {
        const { batch, inHeight, inWidth, outHeight, outWidth, channels, kernel } = shape;
        const sizes = {
          x: batch * inHeight * inWidth * channels,
          w: kernel[0] * kernel[1] * channels,
          y: batch * outHeight * outWidth * channels,
        };
        const [x, w, dy] = [array(sizes.x, seed), array(sizes.w, seed + 1), array(sizes.y, seed + 2)];
        const [y, dx, dw] = [array(sizes.y), array(sizes.x), array(sizes.w)];
        const expected = {
          y: new Float32Array(sizes.y),
          dx: new Float32Array(sizes.x),
          dw: new Float64Array(sizes.w),
        };
        reference.depthwise(x, w, expected.y, shape);
        simd.depthwise(x, w, y, shape);
        const near = (found: ArrayLike<number>, wanted: ArrayLike<number>): void =>
          Array.from(wanted).forEach((value, i) => {
            assert.ok(
              Math.abs(found[i]! - value) <= 1e-4 * Math.max(1, Math.abs(value)),
              `${found[i]} for ${value}`,
            );
          });
        near(y, expected.y);
        reference.depthwiseBackwardInput(dy, w, expected.dx, shape);
        simd.depthwiseBackwardInput(dy, w, dx, shape);
        near(dx, expected.dx);
        reference.depthwiseBackwardWeights(x, dy, expected.dw, shape);
        simd.depthwiseBackwardWeights(x, dy, dw, shape);
        near(dw, expected.dw);
      }),
    ),
    { numRuns: 300 },
  );
});
