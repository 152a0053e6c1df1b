/**
 * @file L2, the invariant of `full`: the potential of random neurons whose currents stay within theta, and two edges:
 * a current of exactly theta, and one just above it, which breaks the premise.
 * Statement and proof: L2 in THEORY.md.
 */
import { full } from '../../src/snn/neurons/full.ts';
import { example, holds, law, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L2',
  'invariant (full): abs(I_t) <= theta and abs(v0) < theta keep abs(v_t) < theta',
  neuronCases({ current: 1, v0: 1, strictV0: true }),
  ({ theta, v0, currents }) => {
    const worst = Math.max(...runNeuron(currents, v0, theta, full.rule).potentials.map(Math.abs));
    holds(worst < theta, `abs(v) < ${theta}, found ${worst}`);
    return { value: worst / theta, bound: 1 };
  },
);

example('L2', 'firing is inclusive on both sides: theta alone leaves nothing behind', () => {
  for (const sign of [1, -1]) {
    const { count, v } = runNeuron([sign * 3], 0, 3, full.rule);
    same(count, sign, 'N');
    same(v, 0, 'v');
  }
});

example('L2', 'a current of theta + 1 breaks the premise and the invariant', () => {
  const { v } = runNeuron([4, 4, 4], 0, 3, full.rule);
  same(v, 3, 'v after three currents of theta + 1');
});
