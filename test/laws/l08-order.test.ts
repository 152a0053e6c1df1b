/**
 * @file L8 (negative), order: shuffled currents of `full`, and the two counterexamples to "order does not matter".
 * Statement and proof: L8 in THEORY.md.
 */
import fc from 'fast-check';
import { Random } from '../../src/random/random.ts';
import { full } from '../../src/snn/neurons/full.ts';
import { unipolar } from '../../src/snn/neurons/unipolar.ts';
import { example, law, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L8',
  'order (full, L2 holds): any two orders of the same currents differ by at most 1 spike',
  fc.tuple(neuronCases({ current: 1, v0: 1, strictV0: true }), fc.nat()),
  ([{ theta, v0, currents }, seed]) => {
    const shuffled = Random.seeded(seed).shuffle([...currents]);
    const one = runNeuron(currents, v0, theta, full.rule).count;
    const other = runNeuron(shuffled, v0, theta, full.rule).count;
    return { value: Math.abs(one - other), bound: 1 };
  },
);

example('L8', 'counterexample: 0.6, 0.6, -0.6 gives 1 spike, -0.6, 0.6, 0.6 gives 0', () => {
  same(runNeuron([6, 6, -6], 0, 10, full.rule).count, 1, 'N of 6, 6, -6');
  same(runNeuron([-6, 6, 6], 0, 10, full.rule).count, 0, 'N of -6, 6, 6');
});

example('L8', 'counterexample: a unipolar neuron is off by T/2 spikes', () => {
  for (const steps of [2, 8, 64, 256]) {
    const currents = [...constant(4, steps / 2), ...constant(-4, steps / 2)];
    same(runNeuron(currents, 0, 4, unipolar.rule).count, steps / 2, `N at T = ${steps}`);
    same(runNeuron(currents.reverse(), 0, 4, unipolar.rule).count, 0, `N of the reverse at T = ${steps}`);
  }
});
