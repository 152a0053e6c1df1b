/**
 * @file L11 (negative), v0. Starting at +theta/2, the trick of unipolar neurons, is wrong for a symmetric `full` neuron:
 * for x < 0 the error comes as near to 3/2 quanta as one likes (it stays below). sign(x)*theta/2 is right: error <= 1/2.
 *
 * Proof. The error is (v0 - v_T)/T with abs(v_T) < theta (L2), so below 3/2 quanta; x = -(3M - 1)/2, theta = 2M, T = 2
 * comes to 3/2 - 1/(2M). With v0 = theta/2 and x >= 0, v stays in [0, theta) while x <= theta: abs(theta/2 - v_T) <= theta/2;
 * beyond theta it fires at every step, as stReLU says. x < 0 with -theta/2 mirrors it (L6).
 */

import { strelu } from '../../src/convert/methods/strelu.ts';
import { FIRE_RULES } from '../../src/snn/neuron.ts';
import { example, holds, law, same } from '../support/law.ts';
import { constantCases } from '../support/neuron-cases.ts';
import { clip, constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const full = FIRE_RULES.full;

law(
  'L11',
  'v0 = +theta/2 (full): the error stays below 3/2 quanta',
  constantCases(1),
  ({ theta, x, steps }) => {
    const { count } = runNeuron(constant(x, steps), theta / 2, theta, full);
    const quanta = Math.abs(theta * count - x * steps) / theta;
    holds(quanta < 1.5, `below 3/2 quanta, found ${quanta}`);
    return { value: quanta, bound: 1.5 };
  },
);

law(
  'L11',
  'v0 = sign(x)*theta/2 (full): at most 1/2 quantum, any x',
  constantCases(4),
  ({ theta, x, steps }) => {
    const { count } = runNeuron(constant(x, steps), (Math.sign(x) * theta) / 2, theta, full);
    const quanta = Math.abs(theta * count - clip(x, theta) * steps) / theta;
    holds(quanta <= 0.5, `at most 1/2 quantum, found ${quanta}`);
  },
);

example('L11', 'counterexample: +theta/2 at x < 0 loses 3/2 - 1/(2M) quanta', () => {
  for (const m of [1, 4, 64, 1024]) {
    const x = -(3 * m - 1) / 2;
    const { count } = runNeuron([x, x], m, 2 * m, full);
    const quanta = (2 * m * count - 2 * x) / (2 * m);
    same(quanta, 1.5 - 1 / (2 * m), `error at M = ${m}`);
  }
});

example('L11', 'so the strelu recipe starts full and half at 0, and only the tracer at theta/2', () => {
  same(strelu.initialPotential('full'), 0, 'v0 of full');
  same(strelu.initialPotential('half'), 0, 'v0 of half');
  same(strelu.initialPotential('tracer'), 0.5, 'v0 of tracer');
});
