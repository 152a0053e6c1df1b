/**
 * @file L5, the lossless points of `full`: random currents, and every point k*theta/T of the grid for T up to 32.
 * Statement and proof: L5 in THEORY.md.
 */
import { full } from '../../src/snn/neurons/full.ts';
import { example, holds, law, same } from '../support/law.ts';
import { constantCases } from '../support/neuron-cases.ts';
import { clip, constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L5',
  'lossless points (full): error 0 if and only if abs(x) >= theta or T*x/theta is an integer',
  constantCases(2),
  ({ theta, x, steps }) => {
    const { count } = runNeuron(constant(x, steps), 0, theta, full.rule);
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
      const { count } = runNeuron(constant(k, steps), 0, steps, full.rule);
      same(count, clip(k, steps), `N at ${k}/${steps}`);
    }
  }
});
