/**
 * @file 8. The exact mode. The network of the page before says 0 at T = 4 where 4 is right. Two ways to run it so that it
 * cannot be wrong:
 *
 * Accumulate, then fire (law L17). Each layer hears T steps in silence, then sends its sum in whole spikes, rounded:
 *
 *     a: sum 4 * 3 = 12              12/4 = 3     1 1 1 0
 *     b: sum 4 * 1 = 4                4/4 = 1     1 0 0 0
 *     c: sum 3 * 24 - 1 * 56 = 16    16/4 = 4     1 1 1 1     answers 4 * 4/4 = 4 and 2, the trained network's
 *
 * No order can change a sum. The price is time: 4 steps to hear the image, 4 for a and b to send, 4 for c: 12.
 *
 * A tracer (law L16) sends at once and takes back what was too much. It starts at 2, sends 1 at 4 or more, -1 below 0, never
 * more than 4 in all, and goes on after step 4 until it has nothing left to send:
 *
 *     step   a: q   s     b: q   s     c: I      q    s    sent so far
 *       1       5   1        3   0        24    26    1    1
 *       2       4   1        4   1       -32   -10   -1    0
 *       3       3   0        1   0         0    -6   -1   -1
 *       4       6   1        2   0        24    22    1    0
 *     5 to 8    2   0        2   0         0    18    1    1, then 2, 3 and 4: the answer stands after 8 steps
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neuronNamed, runQuantised, type SpikingNetwork, simulate } from '../../src/index.ts';

/** A layer that reads all of the layer before it; weights: [inputs, outputs]. */
function layer(name: string, from: number, theta: number[], weight: number[], bias: number[]) {
  const synapses = { kind: 'linear', from, pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const inputs = [{ ...synapses, weight: Float32Array.from(weight) }];
  const shape = [1, 1, bias.length] as const;
  return { name, shape, theta: Float32Array.from(theta), bias: Float32Array.from(bias), inputs };
}
const layers = [
  layer('ab', -1, [4], [1, 1, 1, -1], [0, 0]),
  layer('c', 0, [4], [6, -14], [0]),
  layer('answers', 1, [], [1, 0], [0, 2]),
];
const start = { name: 'exact', input: [1, 1, 2], classes: 2, layers, provenance: {} } as const;
const image = Float32Array.of(2, 1);
const settle = (network: SpikingNetwork) =>
  simulate(network, image, { steps: 4, schedule: 'settling', record: { spikes: true, counts: true } });

test('accumulate, then fire: the answers 4 and 2 after 12 steps', () => {
  const network: SpikingNetwork = { ...start, neuron: neuronNamed('half'), initialPotential: 0 };
  const { record, logits, latency } = settle(network);
  assert.deepEqual([...record[0]!.spikes!], [1, 1, 1, 0, 1, 0, 0, 0]); // a and b at slot 1, 2, 3, 4
  assert.deepEqual([...record[1]!.spikes!], [1, 1, 1, 1]);
  assert.deepEqual([...logits.slice(-2), ...latency!], [4, 2, 12]);
  assert.deepEqual([...runQuantised(network, image, 4).logits], [4, 2]);
});

test('tracers: the same answers after 8 steps', () => {
  const network: SpikingNetwork = { ...start, neuron: neuronNamed('tracer'), initialPotential: 0.5 };
  const { record, logits, latency } = settle(network);
  assert.deepEqual([...record[1]!.spikes!], [1, -1, -1, 1]); // within the first four steps
  assert.deepEqual([...record[0]!.counts!, ...record[1]!.counts!], [3, 1, 4]);
  assert.deepEqual([...logits.slice(-2), ...latency!], [4, 2, 8]);
});
