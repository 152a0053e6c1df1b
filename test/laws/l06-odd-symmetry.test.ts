/**
 * @file L6, odd symmetry: the same neuron on currents and on their negatives, and the mean error over a fine
 * symmetric grid, in units in which every mean is exact.
 * Statement and proof: L6 in THEORY.md.
 */
import fc from 'fast-check';
import { full } from '../../src/snn/neurons/full.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { example, law, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L6',
  'odd symmetry: currents -I_t from -v0 give spikes -s_t at every step',
  fc.tuple(neuronCases({ current: 4, v0: 2 }), fc.constantFrom(full.rule, half.rule)),
  ([{ theta, v0, currents }, rule]) => {
    const there = runNeuron(currents, v0, theta, rule);
    const back = runNeuron(
      currents.map((current) => -current),
      -v0,
      theta,
      rule,
    );
    there.spikes.forEach((s, t) => {
      same(back.spikes[t]!, -s, `spike at step ${t}`);
    });
    same(back.v, -there.v, 'v_T');
  },
);

example('L6', 'over a symmetric grid errors cancel; the shrinkage theta/(2T) does not', () => {
  const [theta, fine] = [64, 64];
  for (const steps of [1, 2, 4, 8]) {
    let [error, shrinkage, points] = [0, 0, 0];
    const size = theta * fine * 2;
    for (let i = -size + 1; i < size; i += 2) {
      const x = i / (2 * fine);
      const { count } = runNeuron(constant(x, steps), 0, theta, full.rule);
      const e = (theta * count) / steps - x;
      error += e;
      shrinkage += e * Math.sign(x);
      points++;
    }
    same(error, 0, 'sum of the errors');
    same(shrinkage / points, -theta / (2 * steps), 'mean of error * sign(x), in exact midpoints');
  }
});
