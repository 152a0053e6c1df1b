/**
 * @file Random small spiking networks on dyadic numbers: convolutions, pools and linear layers, and identities beside them.
 * All weights are multiples of 1/16 and all thresholds of 1/8, so that float32 sums are exact and engines can be compared with the
 * rational oracle bit for bit.
 */

import fc from 'fast-check';
import type { MapShape } from '../../src/nn/architecture.ts';
import { Random } from '../../src/random/random.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../../src/snn/network.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import type { Neuron } from '../../src/snn/neurons/neuron.ts';
import type { PlainSynapses } from '../../src/snn/plain-synapses.ts';

export interface NetworkCase {
  readonly network: SpikingNetwork;
  readonly image: Float32Array<ArrayBuffer>;
  readonly steps: number;
}

export interface NetworkOptions {
  /** Their names, or neurons that have none in the table. */
  readonly neurons: readonly (string | Neuron)[];
  /** True: thresholds are so large that behind the first layer no current can exceed them (law L13). */
  readonly noOverload?: boolean;
  readonly maxSteps?: number;
  readonly maxLayers?: number;
  /** The most channels of a convolution. Default 3. */
  readonly maxChannels?: number;
}

export function networkCases(options: NetworkOptions): fc.Arbitrary<NetworkCase> {
  return fc
    .record({
      seed: fc.nat(),
      layers: fc.integer({ min: 1, max: options.maxLayers ?? 3 }),
      steps: fc.integer({ min: 1, max: options.maxSteps ?? 8 }),
      neuron: fc.constantFrom(...options.neurons),
    })
    .map(({ seed, layers, steps, neuron }) => ({ ...randomNetwork(seed, layers, neuron, options), steps }));
}

/** @returns k / 2^shift for a random k with abs(k) <= reach */
const dyadic = (random: Random, reach: number, shift: number): number =>
  (random.integer(2 * reach + 1) - reach) / 2 ** shift;

const fill = (length: number, next: () => number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, next);

function randomNetwork(
  seed: number,
  hidden: number,
  asked: string | Neuron,
  options: NetworkOptions,
): Omit<NetworkCase, 'steps'> {
  const random = Random.seeded(seed);
  const input: MapShape = [1 + random.integer(5), 1 + random.integer(5), 1 + random.integer(2)];
  const layers: SpikingLayer[] = [];
  let [from, shape] = [-1, input];
  for (let l = 0; l < hidden; l++) {
    const inputs = [randomSynapses(random, from, shape, l, options.maxChannels ?? 3)];
    const out = outShape(inputs[0]!, shape);
    if (from >= 0 && out.join() === shape.join() && random.integer(2) === 0)
      inputs.push({
        ...inputs[0]!,
        kind: 'identity',
        pool: 1,
        weight: new Float32Array(0),
        kernel: 1,
        stride: 1,
        padding: 0,
      });
    const bias = fill(out[2], () => dyadic(random, 8, 4));
    const source = from < 0 ? undefined : layers[from]!;
    const theta = fill(random.integer(2) === 0 ? 1 : out[2], () => (1 + random.integer(24)) / 8);
    if (options.noOverload && source)
      theta.fill(largestCurrent(inputs, bias, source) + random.integer(9) / 16);
    layers.push({ name: `layer${l}`, shape: out, theta, bias, inputs });
    [from, shape] = [l, out];
  }
  const classes = 2 + random.integer(3);
  const size = shape[0] * shape[1] * shape[2];
  layers.push({
    name: 'readout',
    shape: [1, 1, classes],
    theta: new Float32Array(0),
    bias: fill(classes, () => dyadic(random, 8, 4)),
    inputs: [
      linear(
        from,
        fill(size * classes, () => dyadic(random, 16, 4)),
      ),
    ],
  });
  const known = typeof asked === 'string' ? neuronNamed(asked) : asked;
  const neuron = known.withSlope?.(1 / 2 ** random.integer(4)) ?? known;
  const initialPotential = startOf(neuron, random);
  return {
    network: { name: 'random', input, classes, neuron, initialPotential, layers, provenance: {} },
    image: fill(input[0] * input[1] * input[2], () => dyadic(random, 16, 3)),
  };
}

/**
 * v0 / theta of a random network: what the neuron's page says; for unipolar neurons, whose methods choose, 0 or 1/2; for `rest`
 * 0, because the network is drawn before it is coded.
 */
function startOf({ name, start }: Neuron, random: Random): number {
  if (name === 'unipolar') return random.integer(2) / 2;
  return name === 'rest' ? 0 : start;
}

const linear = (from: number, weight: Float32Array<ArrayBuffer>): PlainSynapses => ({
  kind: 'linear',
  from,
  pool: 1,
  weight,
  kernel: 1,
  stride: 1,
  padding: 0,
});

function randomSynapses(
  random: Random,
  from: number,
  source: MapShape,
  l: number,
  maxChannels: number,
): PlainSynapses {
  const pool = from >= 0 && source[0] >= 2 && source[1] >= 2 && random.integer(3) === 0 ? 2 : 1;
  const map = [Math.floor(source[0] / pool), Math.floor(source[1] / pool)] as const;
  const sameShape = random.integer(3) === 0;
  const outputs = sameShape ? source[2] : 1 + random.integer(maxChannels);
  if (l > 0 && random.integer(4) === 0) {
    const weight = fill(map[0] * map[1] * source[2] * outputs, () => dyadic(random, 24, 4));
    return { ...linear(from, weight), pool };
  }
  const kernel = sameShape
    ? random.integer(2) === 0
      ? 1
      : 3
    : 1 + random.integer(Math.min(3, map[0], map[1]));
  const stride = sameShape ? 1 : 1 + random.integer(2);
  const padding = sameShape ? (kernel - 1) / 2 : random.integer(2);
  const weight = fill(kernel * kernel * source[2] * outputs, () => dyadic(random, 24, 4));
  return { kind: 'conv2d', from, pool, weight, kernel, stride, padding };
}

function outShape(synapses: PlainSynapses, source: MapShape): MapShape {
  const { kind, pool, kernel, stride, padding, weight } = synapses;
  const [height, width] = [Math.floor(source[0] / pool), Math.floor(source[1] / pool)];
  if (kind === 'linear') return [1, 1, weight.length / (height * width * source[2])];
  const out = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  return [out(height), out(width), weight.length / (kernel * kernel * source[2])];
}

/** @returns at least the largest current that any spikes can cause: theta_source * sum of abs(w), plus abs(b) */
function largestCurrent(inputs: readonly Synapses[], bias: Float32Array, source: SpikingLayer): number {
  const height = source.theta.reduce((a, b) => Math.max(a, b));
  let largest = 0;
  bias.forEach((b, c) => {
    let sum = 0;
    for (const { kind, weight } of inputs) {
      if (kind === 'identity') sum += 1;
      else sum += weight.reduce((total, w, i) => total + (i % bias.length === c ? Math.abs(w) : 0), 0);
    }
    largest = Math.max(largest, height * sum + Math.abs(b));
  });
  return Math.ceil(largest * 8) / 8;
}
