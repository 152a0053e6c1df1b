/**
 * @file Networks of any geometry (random-architecture.ts) whose numbers go to the ends of what they may be: thresholds from 1e-30 to
 * 1e30, layers that never fire, layers that fire at every step, weights of 0, scales that change from layer to layer; run for 1 to
 * 4096 steps, on 1 to 9 images, by any neuron in any schedule.
 */
import fc from 'fast-check';
import { type Architecture, type Layer, mapSize, type TrainedNetwork } from '../../src/nn/architecture.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { summarise } from '../../src/nn/summary.ts';
import { Random } from '../../src/random/random.ts';
import { NEURONS } from '../../src/snn/neurons/index.ts';
import type { Schedule } from '../../src/snn/simulation.ts';
import { randomArchitecture } from './random-architecture.ts';

export interface ExtremeCase {
  readonly network: TrainedNetwork;
  /** [count, ...input] */
  readonly images: Float32Array<ArrayBuffer>;
  readonly count: number;
  readonly steps: number;
  /** The name of its page. */
  readonly neuron: string;
  readonly schedule: Schedule;
  readonly workers: 1 | 2 | 3;
  /** False: nothing was driven to an end, and the exact modes have a grid for it. */
  readonly extreme: boolean;
}

/** What may be done to a layer, as powers of two its threshold and its bias are multiplied by. */
const HEIGHTS = [-100, -66, -33, -8, 8, 33, 66, 99] as const;

export const extremeCases = (): fc.Arbitrary<ExtremeCase> =>
  fc
    .record({
      seed: fc.nat(),
      extreme: fc.boolean(),
      // the last number of steps only where the network is small: see affordable
      steps: fc.constantFrom(1, 1, 2, 3, 4, 5, 7, 33, 4096),
      count: fc.constantFrom(1, 2, 3, 5, 9),
      neuron: fc.constantFrom(...NEURONS.map(({ name }) => name)),
      schedule: fc.constantFrom<Schedule>('streaming', 'layered', 'settling'),
      workers: fc.constantFrom<1 | 2 | 3>(1, 1, 1, 1, 2, 3),
    })
    .map(({ seed, extreme, ...all }) => {
      const random = Random.seeded(seed);
      const drawn = randomArchitecture(seed, {
        wide: random.integer(3) === 0,
        maxPools: random.integer(4) === 0 ? 'everywhere' : random.integer(2) === 0,
        dyadicPools: !extreme,
        unevenMeans: extreme,
        batchNorms: random.integer(2) === 0,
      });
      const { network } = drawn;
      const { count, ...rest } = affordable(network.architecture, all);
      const pixels = mapSize(network.architecture.input);
      const images = Float32Array.from(
        { length: count * pixels },
        (_, i) => drawn.images[i] ?? (random.integer(17) - 8) / 8,
      );
      return { ...rest, images, count, extreme, network: extreme ? driven(network, random) : network };
    });

/** Few steps where many would take a second; with many one image, and one worker: several wait for each other at every step. */
function affordable<T extends Pick<ExtremeCase, 'steps' | 'workers' | 'count'>>(
  architecture: Architecture,
  asked: T,
): T {
  if (asked.steps < 1000) return asked.steps > 9 ? { ...asked, workers: 1 } : asked;
  const macs = summarise(architecture).reduce((sum, layer) => sum + layer.macs, 0);
  return macs > 200 ? { ...asked, steps: 9 } : { ...asked, workers: 1, count: 1 };
}

/** The same network with some of its layers driven to an end. */
function driven(network: TrainedNetwork, random: Random): TrainedNetwork {
  const weights = new Map(network.weights);
  for (const { name, role } of parameterSpecs(network.architecture.layers)) {
    const values = weights.get(name)!;
    const height = 2 ** HEIGHTS[random.integer(HEIGHTS.length)]!;
    const one = random.integer(values.length);
    const what = random.integer(4);
    if (role === 'theta' && what < 2) {
      // a whole layer, or one channel of it
      weights.set(
        name,
        values.map((theta, c) => (what === 0 || c === one ? theta * height : theta)),
      );
    } else if (role === 'bias' && what === 0) {
      // far below or above every threshold
      const far = (random.integer(2) === 0 ? -1 : 1) * 2 ** 7;
      weights.set(name, values.fill(far));
    } else if (role === 'weight' && what === 0) weights.set(name, values.fill(0));
    else if (role === 'weight' && what === 1 && random.integer(2) === 0) {
      // weights that no power of two makes whole, at another scale
      weights.set(
        name,
        values.map((w) => w * Math.min(height, 2 ** 66) * 0.7),
      );
    }
  }
  return { ...network, weights };
}

/** All layers, those of blocks too, by name: for a message about a case. */
export function wordsOf({ layers, input }: Architecture): string {
  const words = (layer: Layer): string => {
    if (layer.kind === 'residual')
      return `residual(${layer.body.map(words).join(' ')} | ${layer.shortcut.map(words).join(' ')})`;
    if (layer.kind === 'concat')
      return `concat(${layer.branches.map((b) => b.map(words).join(' ')).join(' | ')})`;
    return layer.name;
  };
  return `${input.join('x')}: ${layers.map(words).join(' ')}`;
}
