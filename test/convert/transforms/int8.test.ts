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

test('the largest weight of a channel, or of a layer, is 127 units; every other is the nearest whole number of them', () => {
  let layers = 0;
  fc.assert(
    fc.property(seeds, fc.constantFrom('channel' as const, 'layer' as const), (seed, per) => {
      const plain = convert(randomTrainedNetwork(seed, { dyadic: false })).snn;
      const whole = quantisedToInt8(plain, per);
      whole.layers.forEach((layer, l) => {
        const groups = layer.inputs.filter(({ from, kind }) => from >= 0 && kind !== 'identity');
        if (groups.length === 0) return;
        const channels = layer.shape[2];
        const largest = Array.from({ length: channels }, (_, c) =>
          Math.max(
            ...groups
              .flatMap(({ weight }) => Array.from(weight).filter((_, i) => i % channels === c))
              .map(Math.abs),
          ),
        );
        const used = largest.filter((most) => most > 0);
        if (per === 'layer') assert.equal(Math.max(...used), 127);
        else for (const most of used) assert.equal(most, 127);
        const { theta, bias } = plain.layers[l]!;
        layer.bias.forEach((units, i) => {
          assert.ok(Math.abs(units - bias[i]! / layer.scale![i % layer.scale!.length]!) <= 0.5);
        });
        layer.theta.forEach((units, c) => {
          const exact = theta[theta.length === 1 ? 0 : c]! / layer.scale![c]!;
          assert.ok(units === 2 || Math.abs(units - exact) <= 1 + 1e-6 * exact, `${units} for ${exact}`);
        });
        layers++;
      });
    }),
    { numRuns: 40 },
  );
  assert.ok(layers > 20);
});

test('a layer that reads the image alone has 1024 units to its threshold, and rounds its currents alone', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const plain = convert(randomTrainedNetwork(seed, { dyadic: false })).snn;
      const [first] = quantisedToInt8(plain).layers as [SpikingNetwork['layers'][number]];
      const { theta, inputs } = plain.layers[0]!;
      if (!first.inputs.every(({ from }) => from < 0)) return;
      for (const units of first.theta) assert.equal(units, 1024);
      first.scale!.forEach((unit, c) => {
        assert.equal(unit, Math.fround(theta[theta.length === 1 ? 0 : c]! / 1024));
      });
      first.inputs[0]!.weight.forEach((w, i) => {
        assert.equal(w, Math.fround(inputs[0]!.weight[i]! / first.scale![i % first.shape[2]]!));
      });
    }),
    { numRuns: 20 },
  );
});
