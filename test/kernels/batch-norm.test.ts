/** @file Batch normalisation on SIMD lanes: simd = reference, forward and backward, and far from 0. */
import { test } from 'node:test';
import fc from 'fast-check';
import * as reference from '../../src/kernels/batch-norm/reference.ts';
import { createBatchNorm } from '../../src/kernels/batch-norm/simd.ts';
import type { Clip } from '../../src/kernels/kernels.ts';
import { allClose, onHeap } from './support.ts';
import { arena, clips, FUSED, heap, local, shapes, thresholds } from './vector-support.ts';

const EPSILON = 1e-2;
const maybeClip: fc.Arbitrary<Clip | null> = fc.option(clips);

type Array32 = Float32Array<ArrayBufferLike>;

/** Where z lies within rounding of a limit or of a jump of the grid, either side is right. */
function undecided(z: number, theta: number, clip: Clip): boolean {
  const quantum = clip.levels > 0 ? theta / clip.levels : Number.POSITIVE_INFINITY;
  const a = z < 0 ? clip.leak * z : z;
  const jump = clip.rounding === 'truncate' ? a / quantum : a / quantum + 0.5;
  const toJump = clip.levels > 0 ? Math.abs(jump - Math.round(jump)) * quantum : 1;
  return Math.min(toJump, Math.abs(z), Math.abs(a - theta), Math.abs(a + theta)) < 2e-3;
}

/** Sets to 0, in all arrays, the elements whose z is undecided. */
function leaveOut(z: Array32, theta: Array32 | null, clip: Clip | null, arrays: Array32[]): void {
  if (!theta || !clip) return;
  for (let i = 0; i < z.length; i++) {
    if (!undecided(z[i]!, theta[i % theta.length]!, clip)) continue;
    for (const array of arrays) array[i] = 0;
  }
}

for (const relaxed of FUSED) {
  const simd = createBatchNorm(arena, local, relaxed);
  const name = relaxed ? 'fused multiply-add' : 'plain multiply-add';

  test(`batchNorm and scaleShift: simd = reference, ${name}`, () => {
    fc.assert(
      fc.property(shapes, maybeClip, fc.boolean(), fc.nat(), (shape, clip, one, seed) =>
        onHeap(heap, (array) => {
          const { rows, channels } = shape;
          const x = array(rows * channels, seed);
          const [gamma, beta] = [array(channels, seed + 1), array(channels, seed + 2)];
          const theta = clip && thresholds(array(one ? 1 : channels, seed + 3), clip);
          const [z, expected] = [new Float32Array(x.length), new Float32Array(x.length)];
          const [m, i] = [new Float64Array(channels), new Float64Array(channels)];
          const plain = { gamma, beta, mean: m, inverseDeviation: i };
          const fused = clip && theta && { clip, theta };
          reference.batchNorm(x, plain, EPSILON, null, z, shape);
          reference.batchNorm(x, plain, EPSILON, fused, expected, shape);
          const [y, mean, inverse] = [array(x.length), array(channels), array(channels)];
          simd.batchNorm(x, { gamma, beta, mean, inverseDeviation: inverse }, EPSILON, fused, y, shape);
          // |x|, |gamma|, |beta| < 1 and 1 / deviation <= 10; a chunk sums at most 256 values in float32.
          allClose(mean, m, 2 ** -17);
          allClose(inverse, i, 10 * 2 ** -14);
          leaveOut(z, theta, clip, [y, expected]);
          allClose(y, expected, 10 * 2 ** -14);

          reference.scaleShift(x, gamma, beta, null, z, shape);
          reference.scaleShift(x, gamma, beta, fused, expected, shape);
          simd.scaleShift(x, gamma, beta, fused, y, shape);
          leaveOut(z, theta, clip, [y, expected]);
          allClose(y, expected, 2 ** -21);
        }),
      ),
      { numRuns: 200 },
    );
  });

  test(`batchNormBackward: simd = reference, ${name}`, () => {
    fc.assert(
      fc.property(shapes, maybeClip, fc.boolean(), fc.nat(), (shape, clip, one, seed) =>
        onHeap(heap, (array) => {
          const { rows, channels } = shape;
          const [x, dy] = [array(rows * channels, seed), array(rows * channels, seed + 1)];
          const [gamma, beta] = [array(channels, seed + 2), array(channels, seed + 3)];
          const theta = clip && thresholds(array(one ? 1 : channels, seed + 4), clip);
          const [y, mean, inverse] = [array(x.length), array(channels), array(channels)];
          const norm = { gamma, beta, mean, inverseDeviation: inverse };
          simd.batchNorm(x, norm, EPSILON, null, y, shape);
          leaveOut(y, theta, clip, [dy]);
          const size = theta?.length ?? 0;
          const at = (n: number): Float64Array => new Float64Array(n);
          const wanted = [at(x.length), at(channels), at(channels), at(size)] as const;
          const found = [array(x.length), array(channels), array(channels), array(size)] as const;
          const [dx, dgamma, dbeta, dtheta] = wanted;
          const given = [x, norm, clip && theta && { clip, theta }, dy] as const;
          reference.batchNormBackward(...given, { dx, dgamma, dbeta, dtheta: clip && dtheta }, shape);
          const gradients = { dx: found[0], dgamma: found[1], dbeta: found[2], dtheta: clip && found[3] };
          simd.batchNormBackward(...given, gradients, shape);
          // Sums of terms below 20: 256 float32 additions in a chunk, float64 after.
          const sum = rows * 20 * 2 ** -18;
          allClose(found[1], dgamma, sum);
          allClose(found[2], dbeta, sum);
          if (clip) allClose(found[3], dtheta, one ? sum * channels : sum);
          allClose(found[0], dx, 10 * 20 * 2 ** -15);
        }),
      ),
      { numRuns: 200 },
    );
  });

  test(`batchNorm far from 0: an offset of 1000 deviations and a wild first row, ${name}`, () => {
    onHeap(heap, (array) => {
      const shape = { rows: 3000, channels: 6 };
      const x = array(shape.rows * shape.channels, 7);
      for (let i = 0; i < x.length; i++) x[i] = 1000 + x[i]!;
      for (let c = 0; c < 6; c++) x[c] = -500 * c;
      const one = array(6).fill(1);
      const zero = array(6).fill(0);
      const expected = new Float64Array(x.length);
      const [m, i] = [new Float64Array(6), new Float64Array(6)];
      const plain = { gamma: one, beta: zero, mean: m, inverseDeviation: i };
      reference.batchNorm(x, plain, 1e-5, null, expected, shape);
      const [y, mean, inverse] = [array(x.length), array(6), array(6)];
      simd.batchNorm(x, { ...plain, mean, inverseDeviation: inverse }, 1e-5, null, y, shape);
      allClose(
        mean.map((value, c) => value / m[c]!),
        new Float64Array(6).fill(1),
        2 ** -23,
      );
      allClose(
        inverse.map((value, c) => value / i[c]!),
        new Float64Array(6).fill(1),
        1e-4,
      );
      // mean is float32: half an ulp of 1000, in deviations.
      allClose(y, expected, 1e-2);
    });
  });
}
