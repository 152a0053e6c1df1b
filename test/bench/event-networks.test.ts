/** @file The networks of the event benchmark spike as often as its rows say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noiseImages, vgg16 } from '../../bench/events/networks.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import { simulate } from '../../src/snn/simulate.ts';

test('every layer of the calibrated VGG-16 spikes at the density that was asked for', () => {
  const [steps, density] = [2, 0.1];
  const network = vgg16(density, steps);
  const { record } = simulate(network, noiseImages(1, 99), { steps, record: { spikes: true } });
  for (const [l, layer] of network.layers.slice(0, -1).entries()) {
    const neurons = mapSize(layer.shape);
    const spikes = record[l]!.spikes!.reduce((sum, s) => sum + Math.abs(s), 0);
    // every seventh neuron was looked at
    assert.ok(
      Math.abs(spikes / (steps * neurons) / density - 1) < 0.25,
      `${layer.name}: ${spikes / (steps * neurons)}`,
    );
  }
});
