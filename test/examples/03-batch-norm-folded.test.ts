/**
 * @file 3. A batch norm, folded. In use it is a scale and a shift:
 *
 *     convolution 1 x 1       u = 2 x + 1/2
 *     batch norm              z = 3 (u - mean) / sqrt(variance + epsilon) + 1/2     mean 1, variance + epsilon = 15/4 + 1/4 = 4
 *                               = 3/2 (u - 1) + 1/2
 *                               = 3/2 u - 1
 *     both in one             z = 3/2 (2 x + 1/2) - 1 = 3 x - 1/4
 *
 * So the converted network has the weight 3 and the bias -1/4, and no batch norm. At x = 1/2: u = 3/2, z = 9/4 - 1 = 5/4, and
 * folded 3/2 - 1/4 = 5/4. The mean over the 2 x 2 map behind the activation folds too: the readout's weight 8 reads four neurons
 * at a quarter each. For the pixels 1/2, 1, 0, -1 and theta = 2:
 *
 *     z = 5/4, 11/4, -1/4, -13/4      clipped 5/4, 2, -1/4, -2      mean 1/4      answer 8 * 1/4 = 2
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena, convert, createRuntime, forward, loadWeights, simulate, Tape } from '../../src/index.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';

const one = (name: string, parts: Record<string, number>) =>
  Object.entries(parts).map(([part, value]) => [`${name}.${part}`, Float32Array.of(value)] as const);
const [once, border] = [
  [1, 1],
  [0, 0, 0, 0],
] as const;
const conv = { inChannels: 1, outChannels: 1, kernel: once, stride: once, padding: border, bias: true };
const whole = { dilation: once, groups: 1 };
const pool = { window: [2, 2], stride: [2, 2], padding: border, countPadding: true } as const;
const act = { activation: 'strelu', thetas: 1, leak: 1, levels: 0, rounding: 'round' } as const;

const network: TrainedNetwork = {
  architecture: {
    name: 'folded',
    input: [2, 2, 1],
    classes: 1,
    layers: [
      { kind: 'conv2d', name: 'conv', ...conv, ...whole },
      { kind: 'batchNorm', name: 'norm', channels: 1, epsilon: 0.25, momentum: 0.1 },
      { kind: 'activation', name: 'act', ...act },
      { kind: 'avgPool', name: 'pool', ...pool },
      { kind: 'flatten', name: 'flat' },
      { kind: 'linear', name: 'out', inputs: 1, outputs: 1, bias: false },
    ],
  },
  weights: new Map([
    ...one('conv', { weight: 2, bias: 0.5 }),
    ...one('norm', { gamma: 3, beta: 0.5, mean: 1, variance: 3.75 }),
    ...one('act', { theta: 2 }),
    ...one('out', { weight: 8 }),
  ]),
  provenance: {},
};
const pixels = Float32Array.of(0.5, 1, 0, -1);

test('the trained network answers 2', () => {
  const runtime = createRuntime({ kernels: 'reference' });
  const tape = new Tape(runtime.kernels, new Arena(runtime.heap), { recording: false });
  const x = tape.tensor([1, 2, 2, 1]);
  x.data.set(pixels);
  assert.equal(forward(tape, loadWeights(runtime.heap, network), x).item(), 2);
});

test('the converted network has weight 3, bias -1/4, and the pool in its readout', () => {
  const { snn } = convert(network);
  const [act, out] = snn.layers;
  assert.deepEqual([...act!.inputs[0]!.weight, ...act!.bias], [3, -0.25]);
  assert.deepEqual([out!.inputs[0]!.pool, ...out!.inputs[0]!.weight], [2, 8]);
  const { record } = simulate(snn, pixels, { steps: 1, record: { currents: true } });
  assert.deepEqual([...record[0]!.currents!], [1.25, 2.75, -0.25, -3.25]);
});
