/** @file Parameter updates on SIMD lanes: simd = reference over several steps, any length. */
import { test } from 'node:test';
import fc from 'fast-check';
import * as reference from '../../src/kernels/optimizer/reference.ts';
import { createOptimizer } from '../../src/kernels/optimizer/simd.ts';
import { allClose, onHeap } from './support.ts';
import { arena, FUSED, heap, local } from './vector-support.ts';

const lengths = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 16000, max: 50000 }));
const STEPS = 3;
/** Numbers stay below 4; every step rounds each of them a few times. */
const TOLERANCE = STEPS * 4 * 4 * 2 ** -24;

for (const relaxed of FUSED) {
  const simd = createOptimizer(arena, local, relaxed);
  const name = relaxed ? 'fused multiply-add' : 'plain multiply-add';

  test(`sgd: simd = reference, ${name}`, () => {
    fc.assert(
      fc.property(
        lengths,
        fc.boolean(),
        fc.constantFrom(0, 0.5, 0.9),
        fc.nat(),
        (n, nesterov, momentum, seed) =>
          onHeap(heap, (array) => {
            const options = { learningRate: 0.1, momentum, weightDecay: 0.01, nesterov };
            const [p, dp, v] = [array(n, seed), array(n, seed + 1), array(n).fill(0)];
            const expected = [Float64Array.from(p), Float64Array.from(v)] as const;
            for (let step = 0; step < STEPS; step++) {
              reference.sgd(expected[0], dp, expected[1], options);
              simd.sgd(p, dp, v, options);
            }
            allClose(p, expected[0], TOLERANCE);
            allClose(v, expected[1], TOLERANCE);
          }),
      ),
      { numRuns: 60 },
    );
  });

  test(`adam: simd = reference, ${name}`, () => {
    fc.assert(
      fc.property(lengths, fc.constantFrom(0, 0.1), fc.nat(), (n, weightDecay, seed) =>
        onHeap(heap, (array) => {
          const options = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay };
          const [p, dp] = [array(n, seed), array(n, seed + 1)];
          const [first, second] = [array(n).fill(0), array(n).fill(0)];
          const expected = [p, first, second].map((a) => Float64Array.from(a)) as [A, A, A];
          for (let step = 1; step <= STEPS; step++) {
            reference.adam(expected[0], dp, expected[1], expected[2], { ...options, step });
            simd.adam(p, dp, first, second, { ...options, step });
          }
          allClose(p, expected[0], TOLERANCE);
          allClose(first, expected[1], TOLERANCE);
          allClose(second, expected[2], TOLERANCE);
        }),
      ),
      { numRuns: 60 },
    );
  });
}

type A = Float64Array<ArrayBuffer>;
