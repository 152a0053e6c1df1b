/**
 * @file 5. A network of two spiking layers, step by step. The image (2, 1) is the same current at every step. All thresholds are
 * 4, so a spike is worth 4 times its weight; all neurons are `half` and fire at 2 and -2.
 *
 *     a = 2 * 1 + 1 * 1 = 3       b = 2 * (-1) + 1 * 1 = -1       constant currents of the first layer
 *     c = 3/4 a - b               in spikes: 3 for each of a, -4 for each of b
 *     answers: c, and 5 - c/2     in spikes: 4 for each of c, and 5 - 2 for each of c
 *
 *     step   a: m  s  v      b: m  s  v      c: I                m  s  v      answers      their means so far
 *       1       3  1 -1        -1  0 -1      3                   3  1 -1       4   3         4    3
 *       2       2  1 -2        -2 -1  2      3 + 4 = 7           6  1  2       4   3         4    3
 *       3       1  0  1         1  0  1      0                   2  1 -2       4   3         4    3
 *       4       4  1  0         0  0  0      3                   1  0  1       0   5         3    3 1/2
 *     N         3               -1          (sum 13)                3
 *
 * The network that was trained has no spikes: a = 3, b = -1, c = 3/4 * 3 + 1 = 13/4, answers 13/4 and 5 - 13/8 = 27/8. Its class is the
 * second. The spiking network says the first until step 4, when c has sent 3 = 13/4 rounded, and then the second too.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neuronNamed, type SpikingNetwork, simulate } from '../../src/index.ts';

/** A layer that reads all of the layer before it; weights: [inputs, outputs]. */
function layer(name: string, from: number, theta: number[], weight: number[], bias: number[]) {
  const synapses = { kind: 'linear', from, pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const inputs = [{ ...synapses, weight: Float32Array.from(weight) }];
  const shape = [1, 1, bias.length] as const;
  return { name, shape, theta: Float32Array.from(theta), bias: Float32Array.from(bias), inputs };
}

const network: SpikingNetwork = {
  name: 'two layers',
  input: [1, 1, 2],
  classes: 2,
  neuron: neuronNamed('half'),
  initialPotential: 0,
  layers: [
    layer('ab', -1, [4], [1, -1, 1, 1], [0, 0]),
    layer('c', 0, [4], [0.75, -1], [0]),
    layer('answers', 1, [], [1, -0.5], [0, 5]),
  ],
  provenance: {},
};

test('four steps of two layers', () => {
  const record = { spikes: true, membrane: true, currents: true };
  const result = simulate(network, Float32Array.of(2, 1), { steps: 4, record });
  const [ab, c] = result.record;
  assert.deepEqual([...ab!.spikes!], [1, 0, 1, -1, 0, 0, 1, 0]); // a, b at step 1, 2, 3, 4
  assert.deepEqual([...ab!.membrane!], [-1, -1, -2, 2, 1, 1, 0, 0]);
  assert.deepEqual([...c!.currents!], [3, 7, 0, 3]);
  assert.deepEqual([...c!.spikes!], [1, 1, 1, 0]);
  assert.deepEqual([...c!.membrane!], [-1, 2, -2, 1]);
  assert.deepEqual([...result.logits], [4, 3, 4, 3, 4, 3, 3, 3.5]);
  assert.deepEqual([...result.predictions], [0, 0, 0, 1]);
});
