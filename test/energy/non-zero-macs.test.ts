/** @file What an ANN that skips its zeros multiplies, counted by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { operationCosts } from '../../src/energy/count-operations.ts';
import { nonZeroMacs } from '../../src/energy/non-zero-macs.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import type { SpikingNetwork, Synapses } from '../../src/snn/network.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { randomTrainedNetwork } from '../support/random-network.ts';

const synapses = (kind: 'conv2d' | 'linear', from: number, pool: number, weights: number): Synapses => ({
  ...{ kind, from, pool, kernel: 1, stride: 1, padding: 0 },
  weight: new Float32Array(weights).fill(1),
});
/** 2 x 2 neurons on a 1 x 1 convolution, pooled into three, which two answers read. */
const network: SpikingNetwork = {
  ...{ name: 'small', input: [2, 2, 1], classes: 2, neuron: neuronNamed('rest') },
  ...{ initialPotential: 0.5, provenance: {} },
  layers: [
    ['map', [2, 2, 1], 1, synapses('conv2d', -1, 1, 1)] as const,
    ['three', [1, 1, 3], 1, synapses('linear', 0, 2, 3)] as const,
    ['answers', [1, 1, 2], 0, synapses('linear', 1, 1, 6)] as const,
  ].map(([name, shape, thetas, input]) => ({
    ...{ name, shape, bias: new Float32Array(shape[2]), inputs: [input] },
    theta: new Float32Array(thetas).fill(1),
  })),
};

test('a pooled window counts once unless all of it is silent; each neuron counts its synapses', () => {
  // First image: one neuron of the window sends, so its mean meets 3 weights; two of three send, 2 weights each: 3 + 4.
  // Second image: the window is silent; one of three sends: 2.
  const counts = [Int32Array.of(0, 2, 0, 0, 0, 0, 0, 0), Int32Array.of(1, 0, 2, 0, 1, 0)];
  assert.equal(nonZeroMacs(network, counts), 9);
  assert.equal(nonZeroMacs(network, [new Int32Array(8), new Int32Array(6)]), 0);
});

test('counts of both signs that make a mean of 0 multiply nothing', () => {
  assert.equal(nonZeroMacs(network, [Int32Array.of(1, -1, 0, 0), new Int32Array(3)]), 0);
  assert.equal(nonZeroMacs(network, [Int32Array.of(1, -2, 0, 0), new Int32Array(3)]), 3);
});

const WINDOWS = { window: 2, stride: 2, padding: 0 };

test('a max pool hands on its largest count: windows of counts up to 0 multiply nothing', () => {
  const maps: SpikingNetwork = {
    ...network,
    layers: network.layers.map((layer, l) =>
      l === 1 ? { ...layer, inputs: [{ ...layer.inputs[0]!, pool: 1, maxPool: WINDOWS }] } : layer,
    ),
  };
  const three = new Int32Array(3);
  assert.equal(nonZeroMacs(maps, [Int32Array.of(-1, 0, -2, -1), three]), 0);
  assert.equal(nonZeroMacs(maps, [Int32Array.of(-1, -1, -2, -1), three]), 3);
  assert.equal(nonZeroMacs(maps, [Int32Array.of(-1, 2, -2, 0), three]), 3);
});

test('where every neuron sends once, what is multiplied is the dense network behind its first layer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const { snn } = convert(randomTrainedNetwork(seed));
      const all = snn.layers.slice(0, -1).map(({ shape }) => new Int32Array(mapSize(shape)).fill(1));
      const { annMac, snnMac } = operationCosts(snn);
      assert.equal(nonZeroMacs(snn, all), annMac - snnMac);
    }),
    { numRuns: 50 },
  );
});
