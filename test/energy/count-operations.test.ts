/** @file Counts are exact: every accumulate is one spike through one synapse that exists. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { countOperations } from '../../src/energy/count-operations.ts';
import { estimateEnergy } from '../../src/energy/estimate-energy.ts';
import { ESTIMATORS } from '../../src/energy/estimators.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { full } from '../../src/snn/neurons/full.ts';
import { plainSynapses } from '../../src/snn/plain-synapses.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

/** Synapses by enumeration: does output (y, x) read pixel (py, px) of the source? */
function bruteForce(network: SpikingNetwork, from: number, spikes: Int8Array, t: number): number {
  const [height, width, channels] = network.layers[from]!.shape;
  let total = 0;
  for (const layer of network.layers) {
    for (const { from: source, kind, pool, kernel, stride, padding } of layer.inputs.map(plainSynapses)) {
      if (source !== from) continue;
      const rows = Math.floor(height / pool);
      const columns = Math.floor(width / pool);
      for (let py = 0; py < rows * pool; py++)
        for (let px = 0; px < columns * pool; px++) {
          let windows = 0;
          for (let y = 0; y < layer.shape[0]; y++)
            for (let x = 0; x < layer.shape[1]; x++) {
              const ky = Math.floor(py / pool) - y * stride + padding;
              const kx = Math.floor(px / pool) - x * stride + padding;
              if (ky >= 0 && kx >= 0 && ky < kernel && kx < kernel) windows++;
            }
          const synapses =
            kind === 'identity' ? 1 : kind === 'linear' ? layer.shape[2] : windows * layer.shape[2];
          const at = ((t * height + py) * width + px) * channels;
          for (let c = 0; c < channels; c++) total += Math.abs(spikes[at + c]!) * synapses;
        }
    }
  }
  return total;
}

test('accumulates = spikes x synapses, counted one by one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      const result = simulate(snn, randomImages(trained, 1, seed), { steps: 3, record: { spikes: true } });
      result.layers.slice(0, -1).forEach((layer, l) => {
        layer.accumulates.forEach((count, t) => {
          assert.equal(count, bruteForce(snn, l, result.record[l]!.spikes!, t));
        });
      });
    }),
    { numRuns: 30 },
  );
});

test('a 3x3 convolution with padding on 4x4: 100 taps inside, not 144', () => {
  const conv = { kind: 'conv2d', kernel: 3, stride: 1, padding: 1, pool: 1 } as const;
  const layer = { name: 'l', shape: [4, 4, 1], theta: Float32Array.of(1), bias: Float32Array.of(1) } as const;
  const snn: SpikingNetwork = {
    name: 'n',
    input: [4, 4, 1],
    classes: 1,
    neuron: full,
    initialPotential: 0,
    provenance: {},
    layers: [
      { ...layer, inputs: [{ ...conv, from: -1, weight: new Float32Array(9) }] },
      { ...layer, inputs: [{ ...conv, from: 0, weight: new Float32Array(9) }] },
      {
        ...layer,
        name: 'r',
        shape: [1, 1, 1],
        theta: new Float32Array(0),
        inputs: [
          { kind: 'linear', from: 1, pool: 2, weight: new Float32Array(4), kernel: 1, stride: 1, padding: 0 },
        ],
      },
    ],
  };
  const result = simulate(snn, new Float32Array(16), { steps: 2 });
  const counts = countOperations(snn, result);
  assert.equal(counts.annMac, 100 + 100 + 4);
  assert.equal(counts.snnMac, 100);
  // bias 1 = theta: all 16 + 16 neurons fire at each step
  assert.deepEqual(counts.snnAc, [100 + 16, 200 + 32]);
  assert.deepEqual(counts.membraneUpdates, [32, 64]);
  const fp32 = estimateEnergy(ESTIMATORS.find((estimator) => estimator.name === 'horowitz-fp32')!, counts);
  assert.equal(fp32.annJoule!.toPrecision(6), (4.6e-12 * 204).toPrecision(6));
  assert.equal(fp32.snnJoule[1]!.toPrecision(6), (4.6e-12 * 100 + 0.9e-12 * 232).toPrecision(6));
});

test('an image that stopped early costs nothing further', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 6 }), (seed, steps) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      const images = randomImages(trained, 3, seed);
      const stopped = simulate(snn, images, { steps, stop: { rule: 'margin', margin: 1 } });
      const one = countOperations(snn, simulate(snn, images, { steps: 1 }));
      const { membraneUpdates, constantAdds } = countOperations(snn, stopped);
      stopped.stopped!.forEach((ran) => {
        assert.ok(ran >= 1 && ran <= steps);
      });
      for (let t = 1; t <= steps; t++) {
        const ran = stopped.stopped!.reduce((sum, step) => sum + Math.min(step, t), 0) / 3;
        assert.equal(membraneUpdates[t - 1], one.membraneUpdates[0]! * ran);
        assert.equal(constantAdds[t - 1], one.constantAdds[0]! * ran);
      }
    }),
    { numRuns: 30 },
  );
});

test('constant currents: every neuron that reads the image, elsewhere those with a bias, by channel or by place', () => {
  const layer = { theta: Float32Array.of(1) };
  const one = { pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const adds = (bias: Float32Array<ArrayBuffer>): number => {
    const snn: SpikingNetwork = {
      name: 'n',
      input: [2, 2, 1],
      classes: 3,
      neuron: full,
      initialPotential: 0,
      provenance: {},
      layers: [
        {
          ...layer,
          name: 'a',
          shape: [2, 2, 2],
          bias: new Float32Array(2),
          inputs: [{ ...one, kind: 'conv2d', from: -1, weight: new Float32Array(2) }],
        },
        {
          ...layer,
          name: 'b',
          shape: [2, 2, 2],
          bias,
          inputs: [{ ...one, kind: 'conv2d', from: 0, weight: new Float32Array(4) }],
        },
        {
          name: 'r',
          theta: new Float32Array(0),
          shape: [1, 1, 3],
          bias: Float32Array.of(1, 0, -1),
          inputs: [{ ...one, kind: 'linear', from: 1, weight: new Float32Array(24) }],
        },
      ],
    };
    return countOperations(snn, simulate(snn, new Float32Array(4), { steps: 1 })).constantAdds[0]!;
  };
  const [image, readout] = [8, 2];
  assert.equal(adds(Float32Array.of(1, 0)), image + 4 + readout); // one channel of 2 x 2 places
  assert.equal(adds(Float32Array.of(-1, 2)), image + 8 + readout);
  assert.equal(adds(Float32Array.of(1, 0, 0, 0, 0, 3, 0, -2)), image + 3 + readout); // one bias per place
  assert.equal(adds(new Float32Array(8)), image + readout);
});
