/**
 * @file L3, the count of `full` for currents that vary in time: N beside the floor and the ceiling of (sum I +
 * v0)/theta, and the rate beside the mean current.
 * Statement and proof: L3 in THEORY.md.
 */
import { full } from '../../src/snn/neurons/full.ts';
import { holds, law } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L3',
  'count (full, L2 holds): N is floor(q) or ceil(q), q = (sum I + v0)/theta',
  neuronCases({ current: 1, v0: 1, strictV0: true }),
  ({ theta, v0, currents }) => {
    const { count } = runNeuron(currents, v0, theta, full.rule);
    const q = (sum(currents) + v0) / theta;
    holds(count === Math.floor(q) || count === Math.ceil(q), `floor or ceil of ${q}, found ${count}`);
    const quanta = Math.abs(count - sum(currents) / theta);
    holds(quanta < 2, `an error under 2 quanta, found ${quanta}`);
    return { value: quanta, bound: 2 };
  },
);

law(
  'L3',
  'with v0 = 0 the rate is within one quantum',
  neuronCases({ current: 1, v0: 0 }),
  ({ theta, currents }) => {
    const { count } = runNeuron(currents, 0, theta, full.rule);
    const quanta = Math.abs(count - sum(currents) / theta);
    holds(quanta < 1, `an error under 1 quantum, found ${quanta}`);
  },
);
