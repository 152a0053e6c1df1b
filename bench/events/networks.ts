/**
 * @file A VGG-16 of random weights whose thresholds are set so that every layer fires at a wanted density.
 */
import { type MapShape, mapSize } from '../../src/nn/architecture.ts';
import { Random } from '../../src/random/random.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../../src/snn/network.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { step } from '../../src/snn/step.ts';

const VGG16 = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
];

/** count images [count, 32, 32, 3], normal. */
export function noiseImages(count: number, seed: number): Float32Array<ArrayBuffer> {
  const random = Random.seeded(seed);
  return Float32Array.from({ length: count * 32 * 32 * 3 }, () => random.normal());
}

/**
 * 3x32x32 input, 3x3 convolutions, average pools folded into the next layer, 10 classes.
 * @param density wanted mean of abs(s) per neuron and step, reached within about a tenth
 */
export function vgg16(density: number, steps: number, seed = 1): SpikingNetwork {
  const random = Random.seeded(seed);
  const weights = (length: number, inputs: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length }, () => random.normal() * Math.sqrt(2 / inputs));
  const layers: SpikingLayer[] = [];
  let channels = 3;
  let size = 32;
  VGG16.forEach((widths, stage) => {
    widths.forEach((out, i) => {
      const pool = stage > 0 && i === 0 ? 2 : 1;
      size /= pool;
      const input: Synapses = {
        kind: 'conv2d',
        from: layers.length - 1,
        pool,
        kernel: 3,
        stride: 1,
        padding: 1,
        weight: weights(9 * channels * out, 9 * channels),
      };
      const shape: MapShape = [size, size, out];
      const bias = Float32Array.from({ length: out }, () => random.normal() * 0.02);
      layers.push({
        name: `conv${stage + 1}_${i + 1}`,
        shape,
        theta: Float32Array.of(1),
        bias,
        inputs: [input],
      });
      channels = out;
    });
  });
  layers.push({
    name: 'readout',
    shape: [1, 1, 10],
    theta: new Float32Array(0),
    bias: new Float32Array(10),
    inputs: [
      {
        kind: 'linear',
        from: layers.length - 1,
        pool: 2,
        kernel: 1,
        stride: 1,
        padding: 0,
        weight: weights(5120, 512),
      },
    ],
  });
  const network: SpikingNetwork = {
    name: `vgg16-${density}`,
    input: [32, 32, 3],
    classes: 10,
    neuron: half,
    initialPotential: 0,
    layers,
    provenance: { seed },
  };
  calibrate(network, density, steps);
  return network;
}

/** Sets thresholds, first layer to last: the currents that arrive at a layer do not depend on its own theta. */
function calibrate(network: SpikingNetwork, density: number, steps: number): void {
  const images = noiseImages(1, 99);
  for (const [l, layer] of network.layers.slice(0, -1).entries()) {
    const neurons = mapSize(layer.shape);
    const until = {
      ...network,
      classes: 1,
      layers: [...network.layers.slice(0, l + 1), silentReadout(l, neurons)],
    };
    const currents = simulate(until, images, {
      steps,
      schedule: 'layered',
      record: { currents: true },
    }).record[l]!.currents!;
    let [low, high] = [0, 1000 * currents.reduce((a, b) => Math.max(a, Math.abs(b)), 0)];
    for (let i = 0; i < 24; i++) {
      const theta = Math.sqrt(Math.max(low, high * 1e-8) * high);
      if (densityAt(currents, neurons, steps, theta) > density) low = theta;
      else high = theta;
    }
    layer.theta[0] = high;
  }
}

/** One class, of which layer `from` says nothing: what is looked at is that layer's currents. */
function silentReadout(from: number, neurons: number): SpikingLayer {
  const weight = new Float32Array(neurons);
  return {
    name: 'readout',
    shape: [1, 1, 1],
    theta: new Float32Array(0),
    bias: new Float32Array(1),
    inputs: [{ kind: 'linear', from, pool: 1, kernel: 1, stride: 1, padding: 0, weight }],
  };
}

/** Spikes per neuron and step of `half` neurons; currents: [steps, neurons]; every seventh neuron is looked at. */
function densityAt(currents: Float32Array, neurons: number, steps: number, theta: number): number {
  let spikes = 0;
  let seen = 0;
  for (let n = 0; n < neurons; n += 7) {
    for (let t = 0, v = 0; t < steps; t++, seen++) {
      const fired = step(v, currents[t * neurons + n]!, theta, half.rule);
      v = fired.v;
      spikes += Math.abs(fired.s);
    }
  }
  return spikes / seen;
}
