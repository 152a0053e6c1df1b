/**
 * @file L9, overload: the potential of `full` and `half` beside W_t after every step, for currents up to four
 * thresholds; the case that attains the bound, and the rule with phi below theta/2 for which it is false.
 * Statement and proof: L9 in THEORY.md.
 */
import fc from 'fast-check';
import { full } from '../../src/snn/neurons/full.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { example, law, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L9',
  'overload: abs(v_t) <= W_t = max(phi, W_{t-1} + abs(I_t) - theta), any current',
  fc.tuple(neuronCases({ current: 4, v0: 3 }), fc.constantFrom(full.rule, half.rule)),
  ([{ theta, v0, currents }, rule]) => {
    const { potentials, count } = runNeuron(currents, v0, theta, rule);
    let bound = Math.abs(v0);
    let worst = { value: Math.abs(theta * count - sum(currents) - v0), bound: 0 };
    currents.forEach((current, t) => {
      bound = Math.max(rule.phiUp * theta, bound + Math.abs(current) - theta);
      const value = Math.abs(potentials[t]!);
      if (value > bound) throw new Error(`L9: expected abs(v) <= ${bound} at step ${t}, found ${value}`);
    });
    worst = { ...worst, bound };
    return worst;
  },
);

example('L9', 'the bound is attained: currents of 3 theta leave 2 theta more at each step', () => {
  for (let steps = 1; steps <= 8; steps++)
    same(runNeuron(new Array<number>(steps).fill(6), 0, 2, full.rule).v, 4 * steps, 'v_T');
});

example('L9', 'below phi = theta/2 it fails', () => {
  same(runNeuron([1], 0, 4, { phiUp: 0.25, phiDown: 0.25 }).v, -3, 'v');
});
