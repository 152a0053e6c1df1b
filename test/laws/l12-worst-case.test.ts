/**
 * @file L12 (negative), the worst case of `full` and `half` without a premise on the currents: random currents beside
 * the bound, and the currents that reach it for every T.
 * Statement and proof: L12 in THEORY.md.
 */
import fc from 'fast-check';
import { full } from '../../src/snn/neurons/full.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { example, law, SKIPPED, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { clip, sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const rules = fc.constantFrom(full.rule, half.rule);

law(
  'L12',
  'worst case: any current, v0 = 0, T >= 2: error <= 2*theta*(1 - 1/T), and it is reached',
  fc.tuple(neuronCases({ current: 8, v0: 0 }), rules),
  ([{ theta, currents }, rule]) => {
    const steps = currents.length;
    if (steps < 2) return SKIPPED;
    const { count } = runNeuron(currents, 0, theta, rule);
    const error = Math.abs(theta * count - steps * clip(sum(currents) / steps, theta));
    // One part in 2^40 for the division by T, the only inexact operation here.
    return { value: error / theta, bound: 2 * (steps - 1) * (1 + 2 ** -40) };
  },
);

example('L12', 'counterexample: the mean is theta, the rate is theta*(2/T - 1)', () => {
  const theta = 4;
  let worst = 0;
  for (const rule of [full.rule, half.rule]) {
    for (let steps = 2; steps <= 64; steps++) {
      const currents = new Array<number>(steps).fill(-theta);
      currents[steps - 1] = (2 * steps - 1) * theta;
      const { count } = runNeuron(currents, 0, theta, rule);
      same(sum(currents), steps * theta, 'T * mean I');
      same(count, 2 - steps, 'N');
      const error = Math.abs(theta * count - steps * clip(sum(currents) / steps, theta));
      worst = Math.max(worst, error / (2 * theta * (steps - 1)));
    }
  }
  same(worst, 1, 'largest error, in units of its bound');
  return { value: worst, bound: 1 };
});
