/**
 * @file L7, the `half` neuron rounds: random currents within theta in any order, constant currents of any size after
 * every step, and what happens at a tie.
 * Statement and proof: L7 in THEORY.md.
 */
import { half as neuron } from '../../src/snn/neurons/half.ts';
import { example, holds, law, same } from '../support/law.ts';
import { constantCases, neuronCases } from '../support/neuron-cases.ts';
import { clip, constant, sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const half = neuron.rule;

law(
  'L7',
  'half: abs(I_t) <= theta gives abs(v_t) <= theta/2 and N = round(q), whatever the order',
  neuronCases({ current: 1, v0: 0.5 }),
  ({ theta, v0, currents }) => {
    const { count, potentials } = runNeuron(currents, v0, theta, half);
    for (const v of potentials) holds(Math.abs(v) <= theta / 2, `abs(v) <= ${theta / 2}, found ${v}`);
    const q2 = (2 * (sum(currents) + v0)) / theta;
    const distance = Math.abs(2 * count - q2) / 2;
    if (distance < 0.5) same(count, Math.round(q2 / 2), 'N');
    return { value: distance, bound: 0.5 };
  },
);

law(
  'L7',
  'anytime: a constant x is within theta/(2t) at every prefix t',
  constantCases(4),
  ({ theta, x, steps }) => {
    const { spikes } = runNeuron(constant(x, steps), 0, theta, half);
    let count = 0;
    let worst = 0;
    spikes.forEach((s, i) => {
      count += s;
      worst = Math.max(worst, Math.abs(theta * count - clip(x, theta) * (i + 1)) / theta);
    });
    return { value: worst, bound: 0.5 };
  },
);

example('L7', 'at a tie the order decides, and v = theta/2 left alone fires for ever', () => {
  same(runNeuron([2, -1], 0, 2, half).count, 0, 'N of 2, -1 (q = 1/2)');
  same(runNeuron([-1, 2], 0, 2, half).count, 0, 'N of -1, 2 (q = 1/2)');
  same(runNeuron([1], 0, 2, half).count, 1, 'N of 1 (q = 1/2)');
  holds(
    runNeuron([1, 0, 0, 0], 0, 2, half).spikes.join() === '1,-1,1,-1',
    'spikes of both signs without any input',
  );
});
