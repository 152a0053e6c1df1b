/**
 * @file Random small networks over dyadic numbers (k / 2^m), trained and converted, with images for them. No sum rounds in
 * float32, so engines must agree exactly.
 */

import { convert } from '../../src/convert/convert.ts';
import type { Architecture, Layer, MapShape, TrainedNetwork } from '../../src/nn/architecture.ts';
import { borderOf, pairOf } from '../../src/nn/map-window.ts';
import { Random } from '../../src/random/random.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import type { Neuron } from '../../src/snn/neurons/neuron.ts';

export interface RandomNetworkOptions {
  readonly activation?: string;
  /** True: with batch norm, whose square root is not dyadic. */
  readonly batchNorm?: boolean;
  /** False: weights and thresholds of any float32, to compare engines that promise the same order of sums. Default: true. */
  readonly dyadic?: boolean;
}

const conv = (
  name: string,
  inChannels: number,
  outChannels: number,
  kernel: number,
  stride: number,
  padding: number,
  bias: boolean,
): Layer => ({
  kind: 'conv2d',
  name,
  inChannels,
  outChannels,
  kernel: pairOf(kernel),
  stride: pairOf(stride),
  padding: borderOf(padding),
  dilation: pairOf(1),
  groups: 1,
  bias,
});

/** Convolutions, pools, residual blocks and linear layers in random order and sizes; the input is at most 8 x 8 x 3. */
export function randomTrainedNetwork(seed: number, options: RandomNetworkOptions = {}): TrainedNetwork {
  const random = Random.seeded(seed);
  const dyadic = options.dyadic ?? true;
  const activation = options.activation ?? 'strelu';
  const layers: Layer[] = [];
  const weights = new Map<string, Float32Array<ArrayBuffer>>();
  const grid = (length: number, largest: number, step: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length }, () =>
      dyadic ? (random.integer(2 * largest + 1) - largest) * step : random.uniform(-largest, largest) * step,
    );
  const input: MapShape = [3 + random.integer(6), 3 + random.integer(6), 1 + random.integer(3)];
  let [height, width, channels] = input;
  const withWeights = (layer: Layer): Layer => {
    if (layer.kind === 'conv2d') {
      weights.set(
        `${layer.name}.weight`,
        grid(layer.kernel[0] ** 2 * layer.inChannels * layer.outChannels, 5, 1 / 8),
      );
      if (layer.bias) weights.set(`${layer.name}.bias`, grid(layer.outChannels, 4, 1 / 8));
    }
    if (layer.kind === 'linear') {
      weights.set(`${layer.name}.weight`, grid(layer.inputs * layer.outputs, 5, 1 / 8));
      if (layer.bias) weights.set(`${layer.name}.bias`, grid(layer.outputs, 4, 1 / 8));
    }
    return layer;
  };
  const act = (name: string, count: number): Layer => {
    const thetas = random.integer(2) === 0 ? 1 : count;
    weights.set(
      `${name}.theta`,
      Float32Array.from(
        { length: thetas },
        () => (dyadic ? 1 + random.integer(6) : random.uniform(1, 6)) / 4,
      ),
    );
    return { kind: 'activation', name, activation, thetas, leak: 1, levels: 0, rounding: 'round' };
  };
  const blocks = 1 + random.integer(3);
  for (let block = 0; block < blocks; block++) {
    const kernel = 1 + random.integer(Math.min(3, height, width));
    const padding = random.integer(Math.min(kernel, 2));
    const stride = 1 + random.integer(2);
    const out = random.integer(4) === 0 ? 33 + random.integer(40) : 1 + random.integer(9);
    layers.push(
      withWeights(conv(`conv${block}`, channels, out, kernel, stride, padding, random.integer(2) === 0)),
    );
    height = Math.floor((height + 2 * padding - kernel) / stride) + 1;
    width = Math.floor((width + 2 * padding - kernel) / stride) + 1;
    channels = out;
    if (options.batchNorm) layers.push(batchNorm(`norm${block}`, channels, random, weights));
    layers.push(act(`act${block}`, channels));
    if (random.integer(3) === 0) {
      const body = withWeights(conv(`body${block}`, channels, channels, 3, 1, 1, true));
      const shortcut =
        random.integer(2) === 0
          ? []
          : [withWeights(conv(`short${block}`, channels, channels, 1, 1, 0, false))];
      layers.push({ kind: 'residual', name: `add${block}`, body: [body], shortcut });
      layers.push(act(`join${block}`, channels));
    }
    if (Math.min(height, width) >= 2 && random.integer(2) === 0) {
      layers.push({
        kind: 'avgPool',
        name: `pool${block}`,
        window: pairOf(2),
        stride: pairOf(2),
        padding: borderOf(0),
        countPadding: true,
      });
      [height, width] = [height >> 1, width >> 1];
    }
    if (random.integer(3) === 0) layers.push({ kind: 'dropout', name: `drop${block}`, rate: 0.5 });
  }
  layers.push({ kind: 'flatten', name: 'flat' });
  let inputs = height * width * channels;
  if (random.integer(2) === 0) {
    const hidden = 1 + random.integer(40);
    layers.push(
      withWeights({ kind: 'linear', name: 'hidden', inputs, outputs: hidden, bias: true }),
      act('actHidden', hidden),
    );
    inputs = hidden;
  }
  const classes = 2 + random.integer(9);
  layers.push(withWeights({ kind: 'linear', name: 'readout', inputs, outputs: classes, bias: true }));
  const architecture: Architecture = { name: `random${seed}`, input, classes, layers };
  return { architecture, weights, provenance: {} };
}

function batchNorm(
  name: string,
  channels: number,
  random: Random,
  weights: Map<string, Float32Array<ArrayBuffer>>,
): Layer {
  const draw = (low: number, high: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: channels }, () => random.uniform(low, high));
  weights.set(`${name}.gamma`, draw(-1, 2));
  weights.set(`${name}.beta`, draw(-0.5, 0.5));
  weights.set(`${name}.mean`, draw(-0.5, 0.5));
  weights.set(`${name}.variance`, draw(0.1, 2));
  return { kind: 'batchNorm', name, channels, epsilon: 1e-5, momentum: 0.1 };
}

/** The network converted to neurons of any kind. The slope of `leaky` is dyadic, or one that rounds. */
export function randomSpikingNetwork(
  trained: TrainedNetwork,
  asked: string | Neuron,
  dyadic = true,
): SpikingNetwork {
  const { snn } = convert(trained, { neuron: 'half' });
  const known = typeof asked === 'string' ? neuronNamed(asked) : asked;
  const neuron = known.withSlope?.(dyadic ? 0.25 : 0.3) ?? known;
  // A network of `rest` neurons is as it was before the coding.
  const initialPotential = known.name === 'unipolar' ? 0.5 : known.name === 'rest' ? 0 : known.start;
  return { ...snn, neuron, initialPotential };
}

/** @returns [count, height, width, channels]: multiples of 1/8 in [-1, 1], or any float32 there */
export function randomImages(
  network: TrainedNetwork,
  count: number,
  seed: number,
  dyadic = true,
): Float32Array<ArrayBuffer> {
  const random = Random.seeded(seed);
  const [height, width, channels] = network.architecture.input;
  return Float32Array.from({ length: count * height * width * channels }, () =>
    dyadic ? (random.integer(17) - 8) / 8 : random.uniform(-1, 1),
  );
}
