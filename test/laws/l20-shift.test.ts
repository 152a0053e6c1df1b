/**
 * @file L20, the shift: the activation of src on both sides of the identity, without and with a grid of levels, and a
 * `half` neuron beside a unipolar one of twice the threshold and twice the steps.
 * Statement and proof: L20 in THEORY.md.
 */
import fc from 'fast-check';
import { clipValue } from '../../src/kernels/clip/reference.ts';
import type { Clip } from '../../src/kernels/kernels.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { unipolar } from '../../src/snn/neurons/unipolar.ts';
import { example, law, SKIPPED, same } from '../support/law.ts';
import { constantCases } from '../support/neuron-cases.ts';
import { constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const cases = constantCases(6);

const STRELU: Clip = { lower: -1, leak: 1, levels: 0, rounding: 'round' };
const TRELU: Clip = { lower: 0, leak: 1, levels: 0, rounding: 'round' };

law('L20', 'shift: clip(x - theta, -theta, theta) + theta = clip(x, 0, 2 theta)', cases, ({ theta, x }) => {
  same(clipValue(x - theta, theta, STRELU) + theta, clipValue(x, 2 * theta, TRELU), 'the activation');
});

law(
  'L20',
  'shift: a grid of L levels on the one side is a grid of 2L levels on the other',
  fc.tuple(cases, fc.constantFrom(1, 2, 4, 8)),
  ([{ theta, x }, levels]) => {
    const symmetric = clipValue(x - theta, theta, { ...STRELU, levels });
    same(symmetric + theta, clipValue(x, 2 * theta, { ...TRELU, levels: 2 * levels }), 'the activation');
  },
);

/** sum_j w_j * y_j over the taps around each position of a row; beside the row, y is `border`. */
const convolved = (y: readonly number[], weights: readonly number[], border: number): number[] =>
  y.map((_, at) =>
    weights.reduce((sum, w, tap) => sum + w * (y[at + tap - (weights.length >> 1)] ?? border), 0),
  );

law(
  'L20',
  'with -theta on the border of a convolution, the constant is the same at every position',
  fc.record({
    theta: fc.integer({ min: 1, max: 16 }),
    currents: fc.array(fc.integer({ min: -64, max: 64 }), { minLength: 1, maxLength: 9 }),
    weights: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 7 }),
  }),
  ({ theta, currents, weights }) => {
    const shifted = currents.map((x) => clipValue(x - theta, theta, STRELU));
    const plain = currents.map((x) => clipValue(x, 2 * theta, TRELU));
    const constantOf = theta * weights.reduce((sum, w) => sum + w, 0);
    const [ours, theirs] = [convolved(shifted, weights, -theta), convolved(plain, weights, 0)];
    for (const [at, sum] of ours.entries()) same(sum + constantOf, theirs[at]!, `position ${at}`);
  },
);

law(
  'L20',
  'T steps of `half`, shifted, are 2T steps of a unipolar neuron of twice the threshold',
  cases,
  (one) => {
    const { theta, x, steps } = one;
    const exact = (steps * x) / theta;
    if (Number.isInteger(exact + 0.5)) return SKIPPED;
    const symmetric = runNeuron(constant(x - theta, steps), 0, theta, half.rule).count;
    const positive = runNeuron(constant(x, 2 * steps), theta, 2 * theta, unipolar.rule).count;
    same(symmetric + steps, positive, 'N');
    return undefined;
  },
);

law(
  'L20',
  'at a tie the two differ by at most one spike',
  fc.record({ k: fc.integer({ min: -5, max: 85 }), steps: fc.integer({ min: 1, max: 40 }) }),
  ({ k, steps }) => {
    const theta = 2 * steps;
    const x = 2 * k + 1;
    const symmetric = runNeuron(constant(x - theta, steps), 0, theta, half.rule).count;
    const positive = runNeuron(constant(x, 2 * steps), theta, 2 * theta, unipolar.rule).count;
    return { value: Math.abs(symmetric + steps - positive), bound: 1 };
  },
);

example(
  'L20',
  'it is the shift that does it: unshifted, the symmetric neuron has T levels for x > 0, not 2T',
  () => {
    const rates = (shift: number): number =>
      new Set(
        Array.from({ length: 65 }, (_, i) => runNeuron(constant(i / 16 - shift, 4), 0, 2, half.rule).count),
      ).size;
    same(rates(2), 9, 'levels, shifted');
    same(rates(0), 5, 'levels, unshifted');
  },
);
