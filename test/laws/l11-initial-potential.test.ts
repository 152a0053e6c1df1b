/**
 * @file L11 (negative), the initial potential: `full` started at +theta/2 and at sign(x)*theta/2, the family of
 * currents that comes as near to 3/2 quanta as one likes, and where the method starts each neuron.
 * Statement and proof: L11 in THEORY.md.
 */
import { strelu } from '../../src/convert/methods/strelu.ts';
import { full as neuron } from '../../src/snn/neurons/full.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { tracer } from '../../src/snn/neurons/tracer.ts';
import { example, holds, law, same } from '../support/law.ts';
import { constantCases } from '../support/neuron-cases.ts';
import { clip, constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const full = neuron.rule;

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

example('L11', 'so the strelu method starts full and half at 0, and only the tracer at theta/2', () => {
  same(strelu.initialPotential(neuron), 0, 'v0 of full');
  same(strelu.initialPotential(half), 0, 'v0 of half');
  same(strelu.initialPotential(tracer), 0.5, 'v0 of tracer');
});
