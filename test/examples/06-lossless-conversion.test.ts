/**
 * @file 6. A conversion that loses nothing. The trained network has one hidden layer before and one behind; its activation
 * is clip(x, -4, 4). For the image (2, 1):
 *
 *     a = 2 * 1 + 1 * 1 = 3       b = 2 * (-1) + 1 * 1 = -1
 *     c = a/2 - b/2 = 2           answers c = 2 and 5/2 - c/2 = 3/2
 *
 * After T = 4 steps a neuron can say the multiples of theta/T = 1, and 3, -1 and 2 are such. That alone is not enough, for c
 * hears a and b in another order than their mean. But a spike of a is worth 4 * 1/2 = 2 to c, one of b as much, and there is
 * no bias: no current of c can be above 4, its threshold. Then its count is exact (law L13):
 *
 *     step   a   b    I of c              m    s    v
 *       1    1   0     2                  2    1   -2
 *       2    1  -1     2 + 2 = 4          2    1   -2
 *       3    0   0     0                 -2   -1    2         one too many, and it is taken back
 *       4    1   0     2                  4    1    0
 *     N      3  -1    (sum 8)                  2              4 * 2 / 4 = 2 = c
 *
 * The answers are the trained network's, 2 and 3/2, without an error. At T = 8 they are again; at T = 1 they cannot be, for
 * one spike of a is all there is to say 3 with.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert, simulate, type TrainedNetwork } from '../../src/index.ts';

const clip = { activation: 'strelu', thetas: 1, leak: 1, levels: 0, rounding: 'round' } as const;
const network: TrainedNetwork = {
  architecture: {
    name: 'lossless',
    input: [1, 1, 2],
    classes: 2,
    layers: [
      { kind: 'linear', name: 'in', inputs: 2, outputs: 2, bias: false },
      { kind: 'activation', name: 'ab', ...clip },
      { kind: 'linear', name: 'mix', inputs: 2, outputs: 1, bias: false },
      { kind: 'activation', name: 'c', ...clip },
      { kind: 'linear', name: 'answers', inputs: 1, outputs: 2, bias: true },
    ],
  },
  weights: new Map([
    ['in.weight', Float32Array.of(1, -1, 1, 1)],
    ['ab.theta', Float32Array.of(4)],
    ['mix.weight', Float32Array.of(0.5, -0.5)],
    ['c.theta', Float32Array.of(4)],
    ['answers.weight', Float32Array.of(1, -0.5)],
    ['answers.bias', Float32Array.of(0, 2.5)],
  ]),
  provenance: {},
};
const { snn } = convert(network, { method: 'strelu', neuron: 'half' });
const run = (steps: number) =>
  simulate(snn, Float32Array.of(2, 1), { steps, record: { spikes: true, currents: true } });

test('four steps say exactly what the trained network says', () => {
  const { record, logits } = run(4);
  assert.deepEqual([...record[0]!.spikes!], [1, 0, 1, -1, 0, 0, 1, 0]);
  assert.deepEqual([...record[1]!.currents!], [2, 4, 0, 2]);
  assert.deepEqual([...record[1]!.spikes!], [1, 1, -1, 1]);
  assert.deepEqual([...logits.slice(-2)], [2, 1.5]);
});

test('so do eight, and one does not', () => {
  assert.deepEqual([...run(8).logits.slice(-2)], [2, 1.5]);
  assert.deepEqual([...run(1).logits], [4, 0.5]);
});
