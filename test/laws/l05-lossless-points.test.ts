/**
 * @file L5, lossless points of the `full` neuron at a constant current: the error is 0 exactly where abs(x) >= theta or
 * T*x/theta is an integer; elsewhere it is positive and below theta/T.
 *
 * Proof. By L4 the rate is clip(trunc(k)) / T with k = T*x/theta, and trunc(k) = k only for integers.
 */
import { FIRE_RULES } from '../../src/snn/neuron.ts';
import { example, holds, law, same } from '../support/law.ts';
import { constantCases } from '../support/neuron-cases.ts';
import { clip, constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L5',
  'lossless points (full): error 0 if and only if abs(x) >= theta or T*x/theta is an integer',
  constantCases(2),
  ({ theta, x, steps }) => {
    const { count } = runNeuron(constant(x, steps), 0, theta, FIRE_RULES.full);
    const exact = theta * count === clip(x, theta) * steps;
    const expected = Math.abs(x) >= theta || Number.isInteger((steps * x) / theta);
    holds(
      exact === expected,
      `error 0: ${expected}, found ${exact} at x = ${x}, theta = ${theta}, T = ${steps}`,
    );
  },
);

example('L5', 'every grid point k*theta/T is lossless for T up to 32', () => {
  for (let steps = 1; steps <= 32; steps++) {
    for (let k = -steps - 3; k <= steps + 3; k++) {
      const { count } = runNeuron(constant(k, steps), 0, steps, FIRE_RULES.full);
      same(count, clip(k, steps), `N at ${k}/${steps}`);
    }
  }
});
