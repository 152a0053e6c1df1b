/** @file int8: exact arithmetic, so all engines agree on every spike; and the answer stays near the original's. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { quantisedToInt8 } from '../../../src/convert/transforms/int8.ts';
import type { SpikingNetwork } from '../../../src/snn/network.ts';
import { half } from '../../../src/snn/neurons/half.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { assertSameRun } from '../../support/assert-same-run.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });

test('int8 kernels = the reference engine, bit for bit, on any network', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom('channel', 'layer'),
      fc.constantFrom('strelu', 'trelu'),
      (seed, per, method) => {
        const trained = randomTrainedNetwork(seed, { dyadic: false, activation: method as 'strelu' });
        const snn = quantisedToInt8(convert(trained, { method }).snn, per as 'channel' | 'layer');
        const images = randomImages(trained, 2, seed, false);
        const options = { steps: 4, record: { spikes: true, counts: true } };
        const expected = simulate(snn, images, { ...options, engine: 'reference' });
        for (const schedule of ['layered', 'streaming'] as const) {
          assertSameRun(simulate(snn, images, { ...options, schedule }), expected);
        }
        assertSameRun(simulate(snn, images, { ...options, kernels: 'reference' }), expected);
        assertSameRun(simulate(snn, images, { ...options, engine: 'products' }), expected);
      },
    ),
    { numRuns: 60 },
  );
});

/** 1x1 maps: `inputs` neurons that all fire at every step, into one layer of `outputs`. */
function wide(inputs: number, outputs: number, weight: number): SpikingNetwork {
  const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const layer = (
    name: string,
    from: number,
    ins: number,
    outs: number,
    w: number,
    theta: number,
  ): SpikingNetwork['layers'][number] => ({
    name,
    shape: [1, 1, outs],
    theta: theta > 0 ? Float32Array.of(theta) : new Float32Array(0),
    bias: new Float32Array(outs),
    inputs: [{ ...linear, from, weight: new Float32Array(ins * outs).fill(w) }],
  });
  const layers = [layer('in', -1, 1, inputs, 1, 1), layer('out', 0, inputs, outputs, weight, 0)];
  return {
    name: 'wide',
    input: [1, 1, 1],
    classes: outputs,
    neuron: half,
    initialPotential: 0,
    layers,
    provenance: {},
  };
}

test('sums far beyond int16 do not overflow', () => {
  for (const [inputs, weight] of [
    [256, 1],
    [257, -1],
    [3000, 1],
    [3000, -0.5],
  ] as const) {
    for (const image of [1, -1]) {
      const { logits } = simulate(quantisedToInt8(wide(inputs, 70, weight)), Float32Array.of(image), {
        steps: 2,
      });
      const expected =
        Math.fround(inputs * 127 * Math.fround(Math.abs(weight) / 127)) * Math.sign(weight) * image;
      for (const logit of logits)
        assert.ok(Math.abs(logit - expected) <= 1e-4 * Math.abs(expected), `${logit}, ${expected}`);
    }
  }
});

test('weights and thresholds are whole, and a network is put on the int8 grid only once', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const snn = quantisedToInt8(convert(randomTrainedNetwork(seed, { dyadic: false })).snn);
      for (const layer of snn.layers) {
        for (const theta of layer.theta) assert.ok(theta >= 2 && theta % 2 === 0);
        for (const { from, weight } of layer.inputs) {
          if (from >= 0) assert.ok(weight.every((w) => Number.isInteger(w)));
        }
      }
      assert.throws(() => quantisedToInt8(snn), /^InputError: .*grid already/);
    }),
    { numRuns: 20 },
  );
});
