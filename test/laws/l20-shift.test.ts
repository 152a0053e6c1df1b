/**
 * @file L20, the shift: clip(x - theta, -theta, theta) + theta = clip(x, 0, 2 theta). So a symmetric clip whose bias is moved
 * down by theta is a threshold ReLU of twice the height, and T steps of a `half` neuron there say as much as 2T steps of a
 * unipolar neuron of threshold 2 theta: N_half + T = N_unipolar, unless T*x/theta is exactly k + 1/2.
 *
 * Proof. Clipping moves with its interval. At a constant current x - theta the `half` neuron sends
 * clip(round(T*x/theta - T), -T, T) (L7); the unipolar one with v0 = theta, half of its threshold, sends
 * clip(floor(2T*x/(2 theta) + 1/2), 0, 2T) (L4). Adding T to the first gives the second.
 */
import fc from 'fast-check';
import { FIRE_RULES } from '../../src/snn/neuron.ts';
import { example, law, SKIPPED, same } from '../support/law.ts';
import { constantCases } from '../support/neuron-cases.ts';
import { clip, constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const cases = constantCases(6);

law('L20', 'shift: clip(x - theta, -theta, theta) + theta = clip(x, 0, 2 theta)', cases, ({ theta, x }) => {
  same(clip(x - theta, theta) + theta, Math.max(0, Math.min(2 * theta, x)), 'the clip');
});

law(
  'L20',
  'T steps of `half`, shifted, are 2T steps of a unipolar neuron of twice the threshold',
  cases,
  (one) => {
    const { theta, x, steps } = one;
    const exact = (steps * x) / theta;
    if (Number.isInteger(exact + 0.5)) return SKIPPED;
    const symmetric = runNeuron(constant(x - theta, steps), 0, theta, FIRE_RULES.half).count;
    const unipolar = runNeuron(constant(x, 2 * steps), theta, 2 * theta, FIRE_RULES.unipolar).count;
    same(symmetric + steps, unipolar, 'N');
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
    const symmetric = runNeuron(constant(x - theta, steps), 0, theta, FIRE_RULES.half).count;
    const unipolar = runNeuron(constant(x, 2 * steps), theta, 2 * theta, FIRE_RULES.unipolar).count;
    return { value: Math.abs(symmetric + steps - unipolar), bound: 1 };
  },
);

example(
  'L20',
  'it is the shift that does it: unshifted, the symmetric neuron has T levels for x > 0, not 2T',
  () => {
    const rates = (shift: number): number =>
      new Set(
        Array.from(
          { length: 65 },
          (_, i) => runNeuron(constant(i / 16 - shift, 4), 0, 2, FIRE_RULES.half).count,
        ),
      ).size;
    same(rates(2), 9, 'levels, shifted');
    same(rates(0), 5, 'levels, unshifted');
  },
);
