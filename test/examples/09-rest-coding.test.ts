/**
 * @file 9. Rest coding. Networks that were trained shifted (law L20) have many neurons that say -theta most of the time, and a `half`
 * neuron says that with a spike -1 at every step. In rest coding silence means -theta: the neuron sends s + 1 instead of s. For
 * that it gets theta more current, starts at theta/2, and sends one spike above theta, two from 2 theta on. With theta = 4
 * and a current of -3:
 *
 *             half: fires at 2 and -2       rest: I = -3 + 4 = 1, starts at 2
 *     step     m    s    v                   m    s    v
 *       1     -3   -1    1                   3    0    3
 *       2     -2   -1    2                   4    0    4        4 is not above 4
 *       3     -1    0   -1                   5    1    1
 *       4     -4   -1    0                   2    0    2
 *     spikes        3                             1             s + 1 at every step, and v + 2 (law L21)
 *
 * The 1 too much is a constant, so it goes off the bias of whoever listens. Through a weight of 1/2 a spike is worth
 * 4 * 1/2 = 2: a readout with the bias 5 gets 5 - 2 = 3, and the neuron's own bias, 0, becomes 0 + 4. Then
 *
 *     half    5 - 2, 5 - 2, 5, 5 - 2 = 3, 3, 5, 3         rest    3, 3, 3 + 2, 3        the same answer at every step
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert, simulate, type TrainedNetwork } from '../../src/index.ts';

const clip = { activation: 'strelu', thetas: 1, leak: 1, levels: 0, rounding: 'round' } as const;
const network: TrainedNetwork = {
  architecture: {
    name: 'rest',
    input: [1, 1, 1],
    classes: 1,
    layers: [
      { kind: 'linear', name: 'in', inputs: 1, outputs: 1, bias: false },
      { kind: 'activation', name: 'neuron', ...clip },
      { kind: 'linear', name: 'readout', inputs: 1, outputs: 1, bias: true },
    ],
  },
  weights: new Map([
    ['in.weight', Float32Array.of(1)],
    ['neuron.theta', Float32Array.of(4)],
    ['readout.weight', Float32Array.of(0.5)],
    ['readout.bias', Float32Array.of(5)],
  ]),
  provenance: {},
};

function fourSteps(neuron: 'half' | 'rest') {
  const { snn } = convert(network, { method: 'strelu', neuron });
  const record = { spikes: true, membrane: true, currents: true };
  const [first, readout] = simulate(snn, Float32Array.of(-3), { steps: 4, record }).record;
  const biases = snn.layers.flatMap((layer) => [...layer.bias]);
  return { biases, s: [...first!.spikes!], v: [...first!.membrane!], answers: [...readout!.currents!] };
}

test('half: three spikes', () => {
  const half = { biases: [0, 5], s: [-1, -1, 0, -1], v: [1, 2, -1, 0], answers: [3, 3, 5, 3] };
  assert.deepEqual(fourSteps('half'), half);
});

test('rest coding: one spike says the same', () => {
  const rest = { biases: [4, 3], s: [0, 0, 1, 0], v: [3, 4, 1, 2], answers: [3, 3, 5, 3] };
  assert.deepEqual(fourSteps('rest'), rest);
});
