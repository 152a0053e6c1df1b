/**
 * @file 10. Energy, counted by hand. The network of page 5: two pixels, a and b, then c, then two answers.
 *
 *     ANN    multiplications with an addition (MAC): 2 * 2 into a and b, 2 * 1 into c, 1 * 2 into the answers      8
 *     SNN    the first layer is the same 4 MACs, once, for its current never changes                               4
 *            behind it every spike adds one weight for each synapse it goes through (AC): a and b have one, c two
 *
 *     step            1       2       3       4
 *     spikes of a     1       1       0       1         each 1 AC
 *     spikes of b     0       1       0       0         each 1 AC, the sign does not matter
 *     spikes of c     1       1       1       0         each 2 ACs
 *     ACs             3       4       2       1         in all 3, 7, 9, 10
 *
 * A MAC in 32-bit floating point costs 4.6 pJ and an addition 0.9 pJ (Horowitz 2014, 45 nm):
 *
 *     ANN    8 * 4.6 = 36.8 pJ
 *     SNN    4 * 4.6 + 10 * 0.9 = 18.4 + 9 = 27.4 pJ at T = 4, 0.74 of the ANN's
 *
 * What that leaves out: a, b and c update their potential at each step (3 * 4 = 12 additions), and a, b and the answer with a
 * bias add a constant (12 more). Moving weights and potentials through memory is not in it at all. And it is held against a
 * dense ANN in 32 bits: one in 8 bits takes 8 * 0.23 = 1.84 pJ. (One that skips zeros would save nothing here: there are none.)
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOperations, ESTIMATORS, estimateEnergy, neuronNamed, simulate } from '../../src/index.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';

/** A layer that reads all of the layer before it; weights: [inputs, outputs]. */
function layer(name: string, from: number, theta: number[], weight: number[], bias: number[]) {
  const synapses = { kind: 'linear', from, pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const inputs = [{ ...synapses, weight: Float32Array.from(weight) }];
  const shape = [1, 1, bias.length] as const;
  return { name, shape, theta: Float32Array.from(theta), bias: Float32Array.from(bias), inputs };
}
const layers = [
  layer('ab', -1, [4], [1, -1, 1, 1], [0, 0]),
  layer('c', 0, [4], [0.75, -1], [0]),
  layer('answers', 1, [], [1, -0.5], [0, 5]),
];
const start = { input: [1, 1, 2], classes: 2, initialPotential: 0, provenance: {} } as const;
const network: SpikingNetwork = { name: 'energy', neuron: neuronNamed('half'), layers, ...start };
const counts = countOperations(network, simulate(network, Float32Array.of(2, 1), { steps: 4 }));

/** Picojoule, to two decimals. */
const pico = (joule: number): number => Math.round(joule * 1e14) / 100;
const named = (name: string) => ESTIMATORS.find((estimator) => estimator.name === name)!;

test('operations: 8 multiplications against 4 and up to 10 additions', () => {
  assert.equal(counts.annMac, 8);
  assert.equal(counts.snnMac, 4);
  assert.deepEqual(counts.snnAc, [3, 7, 9, 10]);
  assert.deepEqual([counts.membraneUpdates[3], counts.constantAdds[3]], [12, 12]);
});

test('energy: 36.8 pJ against 27.4 pJ', () => {
  const energy = estimateEnergy(named('horowitz-fp32'), counts);
  assert.equal(pico(energy.annJoule!), 36.8);
  assert.deepEqual(energy.snnJoule.map(pico), [21.1, 24.7, 26.5, 27.4]);
  assert.equal(pico(estimateEnergy(named('horowitz-int8'), counts).annJoule!), 1.84);
});
