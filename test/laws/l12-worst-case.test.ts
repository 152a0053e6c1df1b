/**
 * @file L12 (negative), the worst case without abs(I_t) <= theta. For T >= 2 and v0 = 0 the error against stReLU(mean I) is
 * at most 2*theta*(1 - 1/T), and it gets there: I = -theta (T-1 times), then (2T-1)*theta. So no theorem says "lossless" of
 * hidden layers at finite T without a premise on the currents.
 *
 * Proof. The counterexample sends T-1 negative spikes and one positive, and its mean is theta. Upper bound, error > 0 (L6
 * mirrors it): if the last step sent no spike or a negative one, v_T <= phi <= theta, and the rate, lying in
 * [-theta, theta], is within v_T/T of the clipped mean. Otherwise N >= 1 - (T-1), so the rate is at least -theta*(T-2)/T, and
 * stReLU is at most theta.
 */
import fc from 'fast-check';
import { FIRE_RULES } from '../../src/snn/neuron.ts';
import { example, law, SKIPPED, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { clip, sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const rules = fc.constantFrom(FIRE_RULES.full, FIRE_RULES.half);

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
  for (const rule of [FIRE_RULES.full, FIRE_RULES.half]) {
    for (let steps = 2; steps <= 64; steps++) {
      const currents = new Array<number>(steps).fill(-theta);
      currents[steps - 1] = (2 * steps - 1) * theta;
      same(sum(currents), steps * theta, 'T * mean I');
      same(runNeuron(currents, 0, theta, rule).count, 2 - steps, 'N');
    }
  }
  return { value: 1, bound: 1 };
});
