/**
 * @file L19 (negative), the neuron of tLeakyReLU: what it conserves, two inputs of equal sum with different outputs,
 * and its long silence below 0.
 * Statement and proof: L19 in THEORY.md.
 */
import fc from 'fast-check';
import { leakyNeuron } from '../../src/snn/neurons/leaky.ts';
import { example, holds, law, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

/** Runs the neuron of src with a = 1/inverse, so that theta/a is exact. */
function leaky(currents: readonly number[], v0: number, theta: number, inverse: number) {
  const { spikes, v } = runNeuron(currents, v0, theta, leakyNeuron(1 / inverse).rule);
  return { v, up: spikes.filter((s) => s > 0).length, down: spikes.filter((s) => s < 0).length };
}

law(
  'L19',
  'tLeakyReLU neuron: theta*N+ - (theta/a)*N- is conserved; its output theta*(N+ - N-) is not a function of it',
  fc.tuple(neuronCases({ current: 6, v0: 2 }), fc.integer({ min: 1, max: 10 })),
  ([{ theta, v0, currents }, inverse]) => {
    const { v, up, down } = leaky(currents, v0, theta, inverse);
    same(theta * up - theta * inverse * down, sum(currents) + v0 - v, 'the conserved sum');
  },
);

example('L19', 'counterexample: same sum, same potentials, outputs 1 and 0', () => {
  const one = leaky([1, 1, -2], 0, 1, 2);
  const other = leaky([0, 0, 0], 0, 1, 2);
  same(one.v, other.v, 'v_T');
  same(one.up - one.down, 1, 'output of 1, 1, -2');
  same(other.up - other.down, 0, 'output of 0, 0, 0');
});

example('L19', 'a = 0.01: x = -theta is silent up to T = 99 and fires at T = 100', () => {
  same(leaky(new Array<number>(99).fill(-2), 0, 2, 100).down, 0, 'negative spikes at T = 99');
  same(leaky(new Array<number>(100).fill(-2), 0, 2, 100).down, 1, 'negative spikes at T = 100');
});

law(
  'L19',
  'a = 0.01, abs(I_t) <= theta, v0 = 0: no negative spike before T = 100',
  neuronCases({ current: 1, v0: 0, maxSteps: 99 }),
  ({ theta, currents }) => {
    holds(leaky(currents, 0, theta, 100).down === 0, 'no negative spike');
  },
);
