/**
 * @file L6 in the anatomy of errors: positive and negative errors of stReLU offset each other, for one layer over an x that is
 * symmetric about 0 and for a whole network without biases over an image and its negative; those of tReLU do not.
 * Statement and proof: L6 in THEORY.md.
 */

import fc from 'fast-check';
import { anatomyOf } from '../../src/proof/anatomy/anatomy-of.ts';
import { ERROR_PARTS, type LayerAnatomy } from '../../src/proof/anatomy/layer-anatomy.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { dyadicCases } from '../proof/anatomy/anatomy-cases.ts';
import { holds, law, same } from '../support/law.ts';

/** One layer whose neurons get the pixels as their currents, theta = 1. */
function oneLayer(neuron: string, pixels: number): SpikingNetwork {
  const conv = { kind: 'conv2d', from: -1, pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const linear = { ...conv, kind: 'linear', from: 0, weight: new Float32Array(pixels) } as const;
  const theta = new Float32Array(0);
  return {
    name: 'one',
    input: [1, pixels, 1],
    classes: 1,
    neuron: neuronNamed(neuron),
    initialPotential: 0,
    provenance: {},
    layers: [
      {
        name: 'layer',
        shape: [1, pixels, 1],
        theta: Float32Array.of(1),
        bias: Float32Array.of(0),
        inputs: [{ ...conv, weight: Float32Array.of(1) }],
      },
      { name: 'readout', shape: [1, 1, 1], theta, bias: Float32Array.of(0), inputs: [linear] },
    ],
  };
}

function anatomy(network: SpikingNetwork, images: Float32Array<ArrayBuffer>, steps: number): LayerAnatomy[] {
  return anatomyOf(network, images, simulate(network, images, { steps, record: { counts: true } }));
}

const symmetric = fc
  .array(fc.integer({ min: 1, max: 48 }), { minLength: 1, maxLength: 24 })
  .map((sizes) => Float32Array.from([...sizes, ...sizes.map((k) => -k)], (k) => k / 32));

law(
  'L6',
  'anatomy: over a symmetric x clipping + quantisation of stReLU have the mean 0',
  fc.tuple(symmetric, fc.constantFrom('full', 'half'), fc.constantFrom(1, 2, 4, 8)),
  ([x, neuron, steps]) => {
    const { parts, whole } = anatomy(oneLayer(neuron, x.length), x, steps)[0]!;
    same(parts.clipping.mean + parts.quantisation.mean, 0, 'mean');
    same(parts.quantisation.positive, parts.quantisation.negative, 'the two sides');
    same(whole.mean, 0, 'mean of the whole');
  },
  200,
);

law(
  'L6',
  'anatomy: for tReLU without v0 nothing offsets the loss: the mean is below 0 unless every x is lossless',
  fc.tuple(symmetric, fc.constantFrom(1, 2, 4, 8)),
  ([x, steps]) => {
    const { parts } = anatomy(oneLayer('unipolar', x.length), x, steps)[0]!;
    const { mean, positive, touched } = parts.quantisation;
    same(positive, 0, 'positive errors');
    holds(touched === 0 ? mean === 0 : mean < 0, `a negative mean, found ${mean}`);
    const lossy = x.some((value) => value > 0 && value < 1 && !Number.isInteger(value * steps));
    same(Number(touched > 0), Number(lossy), 'errors exist where T*x is no whole number');
  },
  200,
);

law(
  'L6',
  'anatomy: a network without biases on an image and its negative: every part of every layer has the mean 0',
  dyadicCases('full', 'half'),
  ({ network, image, steps }) => {
    const layers = network.layers.map((layer) => ({ ...layer, bias: layer.bias.map(() => 0) }));
    const both = Float32Array.from([...image, ...image.map((pixel) => -pixel)]);
    for (const { name, parts, whole } of anatomy({ ...network, layers }, both, steps)) {
      same(whole.positive, whole.negative, `${name}: the two sides`);
      for (const part of ERROR_PARTS) same(parts[part].mean, 0, `${name}: mean of ${part}`);
    }
  },
  200,
);
