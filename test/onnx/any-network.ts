/** @file Small networks with any of strelu's layers, shapes and grids, and numbers for all of their tensors. */
import type { MapShape, TrainedNetwork } from '../../src/nn/architecture.ts';
import {
  avgPool,
  batchNorm,
  concat,
  conv2d,
  dropout,
  flatten,
  type LayerSpec,
  linear,
  maxPool,
  pad,
  qcfs,
  relu,
  residual,
  strelu,
  tleakyRelu,
  trelu,
} from '../../src/nn/layers.ts';
import { type ParameterSpec, parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { Random } from '../../src/random/random.ts';

const pick = <T>(random: Random, choices: readonly T[]): T => choices[random.integer(choices.length)]!;

function clip(random: Random): LayerSpec {
  const options = {
    levels: pick(random, [0, 0, 1, 5, 8, 127, 200, 300]),
    rounding: pick(random, ['round', 'truncate'] as const),
    thetaPer: pick(random, ['layer', 'channel'] as const),
  };
  const { levels, thetaPer } = options;
  return pick(random, [
    () => strelu(options),
    () => trelu(options),
    () => tleakyRelu({ ...options, leak: 0.25 }),
    () => qcfs({ levels: Math.max(1, levels), thetaPer }),
    () => relu(),
  ])();
}

/** Layers that keep the size of a map. */
function keeping(random: Random, channels: number): LayerSpec[] {
  const groups = channels % 2 === 0 ? pick(random, [1, 2]) : 1;
  const dilation = pick(random, [1, 2]);
  const layers = [
    conv2d(channels, [3, 1], {
      padding: [dilation, dilation, 0, 0],
      dilation,
      groups,
      bias: random.integer(2) === 0,
    }),
  ];
  return random.integer(2) === 0 ? layers : [...layers, batchNorm()];
}

function hidden(random: Random, channels: number): LayerSpec[] {
  const size = pick(random, [1, 2, 3]);
  const blocks: readonly (() => LayerSpec[])[] = [
    () => [
      conv2d(channels, pick(random, [1, 2, 3]), {
        stride: pick(random, [1, [2, 1]] as const),
        padding: [1, 0, 2, 1],
      }),
      clip(random),
    ],
    () => [batchNorm({ epsilon: 1e-3 }), clip(random)],
    () => [avgPool(size, { stride: 1, padding: [0, size - 1, 0, 0], countPadding: random.integer(2) === 0 })],
    () => [maxPool(size, { stride: 1, padding: [size - 1, 0, 0, size - 1] })],
    () => [pad([1, 0, 0, 2], pick(random, [0, -1, 0.25]))],
    () => [dropout(0.25)],
    () => [
      residual(keeping(random, channels), random.integer(2) === 0 ? [] : keeping(random, channels)),
      clip(random),
    ],
    () => [concat([], [conv2d(2, 1), clip(random)]), conv2d(channels, 1), clip(random)],
  ];
  return pick(random, blocks)();
}

/** A network of up to five hidden blocks and perhaps a hidden vector. */
export function anyNetwork(seed: number): TrainedNetwork {
  const random = Random.seeded(seed);
  const channels = 2 + random.integer(3);
  const input: MapShape = [13 + random.integer(3), 12 + random.integer(3), 1 + random.integer(3)];
  const blocks = Array.from({ length: 1 + random.integer(5) }, () => hidden(random, channels));
  const vector = pick(random, [
    [],
    [linear(6), clip(random)],
    [batchNorm(), clip(random), linear(5, { bias: false }), clip(random)],
  ]);
  const architecture = sequential(
    conv2d(channels, 2),
    clip(random),
    ...blocks.flat(),
    flatten(),
    ...vector,
    linear(4),
  )(input, 'any');
  const numbers = ({ role, shape, fanIn }: ParameterSpec): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
      if (role === 'theta' || role === 'variance') return random.uniform(0.5, 2);
      return role === 'weight' ? random.uniform(-2, 2) / Math.sqrt(fanIn) : random.uniform(-1, 1);
    });
  const weights = new Map(parameterSpecs(architecture.layers).map((spec) => [spec.name, numbers(spec)]));
  return { architecture, weights, provenance: {} };
}
