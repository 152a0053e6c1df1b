/**
 * @file Weights in float16. The nearest numbers are as good as any unless they happen to push too many images over a border between
 * classes; then others are drawn, and training images choose.
 */
import { fromFloat16, toFloat16 } from '../../src/format/float16.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { Random } from '../../src/random/random.ts';

/** Points of accuracy on the training images that rounding may cost. */
export const MOST_COST = 0.05;
/** How many roundings are drawn at most, beside the nearest one. */
export const DRAWS = 8;

/** A rounding, and what it costs. */
export interface Rounding {
  readonly network: TrainedNetwork;
  /** 0: to the nearest; else the seed of the draw. */
  readonly draw: number;
  /** In percent of the images that choose: of the weights in float32, and of the rounded ones. */
  readonly float32: number;
  readonly float16: number;
}

/**
 * The network with weights that float16 has; thresholds, biases and statistics stay as they are.
 * @param draw 0: each weight becomes the nearest number; else a seed: one of its two neighbours, the more likely the nearer it is
 */
export function roundWeights(network: TrainedNetwork, draw: number): TrainedNetwork {
  const random = Random.seeded(draw);
  const round = draw === 0 ? nearest : (value: number): number => drawn(value, random);
  const weights = new Map(network.weights);
  for (const { name, role } of parameterSpecs(network.architecture.layers))
    if (role === 'weight') weights.set(name, weights.get(name)!.map(round));
  return { ...network, weights };
}

/**
 * The first rounding that costs at most `MOST_COST`: to the nearest, then draw by draw; where none does, the one that costs least.
 * @param accuracy percent of the training images that a network has right
 */
export function chooseRounding(
  network: TrainedNetwork,
  accuracy: (network: TrainedNetwork) => number,
): Rounding {
  const float32 = accuracy(network);
  let best: Rounding | undefined;
  for (let draw = 0; draw <= DRAWS; draw++) {
    const rounded = roundWeights(network, draw);
    const found: Rounding = { network: rounded, draw, float32, float16: accuracy(rounded) };
    if (!best || found.float16 > best.float16) best = found;
    if (float32 - found.float16 <= MOST_COST) break;
  }
  return best!;
}

const nearest = (value: number): number => fromFloat16(toFloat16(value));

function drawn(value: number, random: Random): number {
  const bits = toFloat16(value);
  const near = fromFloat16(bits);
  if (near === value || !Number.isFinite(near)) return near;
  // towards the other side of the value: further from 0 is one more, also from 0 itself
  const zero = Math.sign(value) < 0 ? 0x8000 : 0;
  const far = Math.abs(value) > Math.abs(near) ? (near === 0 ? zero + 1 : bits + 1) : bits - 1;
  const other = fromFloat16(far);
  return random.uniform() < (value - near) / (other - near) && Number.isFinite(other) ? other : near;
}
