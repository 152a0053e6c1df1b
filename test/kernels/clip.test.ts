/** @file The activations on SIMD lanes: simd = reference, exactly on dyadic numbers, thresholds of Infinity included. */
import { test } from 'node:test';
import fc from 'fast-check';
import * as reference from '../../src/kernels/clip/reference.ts';
import { createClip } from '../../src/kernels/clip/simd.ts';
import { allClose, onHeap } from './support.ts';
import { arena, clips, dyadic, heap, local, shapes, thresholds } from './vector-support.ts';

const simd = createClip(arena, local);

test('clip: simd = reference on dyadic numbers, in place too', () => {
  fc.assert(
    fc.property(shapes, clips, fc.boolean(), fc.boolean(), fc.nat(), (shape, clip, one, inPlace, seed) =>
      onHeap(heap, (array) => {
        const size = shape.rows * shape.channels;
        const x = dyadic(array(size, seed));
        const theta = thresholds(array(one ? 1 : shape.channels, seed + 1), clip);
        const expected = new Float32Array(size);
        reference.clip(x, { clip, theta }, expected, shape);
        const y = inPlace ? x : array(size);
        simd.clip(x, { clip, theta }, y, shape);
        // A grid of 6 levels has quanta that are not dyadic: both round the quotient, at most one level apart at a tie.
        allClose(y, expected, clip.levels === 6 ? 2 ** -20 : 0);
      }),
    ),
    { numRuns: 300 },
  );
});

test('clipBackward: simd = reference; dx exact, dtheta up to the order of its sum', () => {
  fc.assert(
    fc.property(shapes, clips, fc.boolean(), fc.nat(), (shape, clip, one, seed) =>
      onHeap(heap, (array) => {
        const size = shape.rows * shape.channels;
        const [x, dy] = [dyadic(array(size, seed)), dyadic(array(size, seed + 1))];
        const theta = thresholds(array(one ? 1 : shape.channels, seed + 2), clip);
        const [expectedDx, expectedDtheta] = [new Float64Array(size), new Float64Array(theta.length)];
        reference.clipBackward(x, { clip, theta }, dy, expectedDx, expectedDtheta, shape);
        const [dx, dtheta] = [array(size), array(theta.length)];
        simd.clipBackward(x, { clip, theta }, dy, dx, dtheta, shape);
        allClose(dx, expectedDx, 0);
        // Terms |dy| <= 4 times at most 1: n * 4 * 2^-23, and 0 where every term is dyadic.
        const terms = one ? size : shape.rows;
        allClose(dtheta, expectedDtheta, clip.levels === 6 ? terms * 2 ** -21 : 0);
      }),
    ),
    { numRuns: 300 },
  );
});

test('clip passes NaN on and clips infinities', () => {
  onHeap(heap, (array) => {
    const x = array(5);
    x.set([NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -3, 3]);
    const theta = array(1);
    for (const lower of [-1, 0] as const) {
      const clip = { lower, leak: 1, levels: 0, rounding: 'round' } as const;
      theta[0] = 2;
      const y = array(5);
      simd.clip(x, { clip, theta }, y, { rows: 5, channels: 1 });
      allClose(y.subarray(1), [2, lower * 2, lower * 2, 2], 0);
      if (!Number.isNaN(y[0])) throw new Error(`NaN became ${y[0]}`);
    }
  });
});
