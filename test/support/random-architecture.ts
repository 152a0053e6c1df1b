/**
 * @file Random small networks with everything that a layer may be: rectangular kernels, two strides, padding beyond the kernel,
 * dilation, groups, pools with overlap and border, concatenations, residual blocks, one channel, 1x1 maps, no hidden layer.
 * All numbers are dyadic, so that most sums are exact.
 */
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import type { Architecture, Layer, MapShape, TrainedNetwork } from '../../src/nn/architecture.ts';
import {
  avgPool,
  batchNorm,
  concat,
  conv2d,
  flatten,
  globalAvgPool,
  type LayerSpec,
  linear,
  maxPool,
  pad,
  residual,
  strelu,
  trelu,
} from '../../src/nn/layers.ts';
import type { Border, Pair } from '../../src/nn/map-window.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { Random } from '../../src/random/random.ts';

export interface ArchitectureCase {
  readonly network: TrainedNetwork;
  /** [images, ...input] */
  readonly images: Float32Array<ArrayBuffer>;
  readonly count: number;
}

export interface ArchitectureOptions {
  readonly activation?: 'strelu' | 'trelu';
  /** Max pools too; or behind every block. Default true. */
  readonly maxPools?: boolean | 'everywhere';
  /** Means whose divisor differs at the border. Default true. */
  readonly unevenMeans?: boolean;
  readonly batchNorms?: boolean;
  /** Only pools by powers of two, as a dyadic grid needs them. */
  readonly dyadicPools?: boolean;
  /** Sometimes many channels, for more than one block of the kernels. */
  readonly wide?: boolean;
}

export const architectureCases = (options: ArchitectureOptions = {}): fc.Arbitrary<ArchitectureCase> =>
  fc.nat().map((seed) => randomArchitecture(seed, options));

/** A network with random weights, and images for it. */
export function randomArchitecture(seed: number, options: ArchitectureOptions = {}): ArchitectureCase {
  for (let attempt = 0; ; attempt++) {
    const random = Random.seeded(seed * 64 + attempt);
    try {
      return drawn(random, options);
    } catch (error) {
      // what was drawn leaves nothing of its map, or is refused with what it should have been
      if (!(error instanceof InputError) || attempt > 60) throw error;
    }
  }
}

function drawn(random: Random, options: ArchitectureOptions): ArchitectureCase {
  const pick = (low: number, high: number): number => low + random.integer(high - low + 1);
  const chance = (n: number): boolean => random.integer(n) === 0;
  const input: MapShape = [pick(1, 7), pick(1, 7), chance(3) ? 1 : pick(1, 4)];
  const specs = wordsOf(random, options);
  const architecture = sequential(...specs)(input, 'random');
  const count = 2;
  const images = Float32Array.from({ length: count * input[0] * input[1] * input[2] }, () => pick(-8, 8) / 8);
  return {
    network: { architecture, weights: randomWeights(architecture, random), provenance: {} },
    images,
    count,
  };
}

function wordsOf(random: Random, options: ArchitectureOptions): LayerSpec[] {
  const { activation = 'strelu', maxPools = true, unevenMeans = true, batchNorms = true, wide } = options;
  const pick = (low: number, high: number): number => low + random.integer(high - low + 1);
  const chance = (n: number): boolean => random.integer(n) === 0;
  const pair = (low: number, high: number): Pair => [pick(low, high), pick(low, high)];
  const border = (high: number): Border => [pick(0, high), pick(0, high), pick(0, high), pick(0, high)];
  const act = (): LayerSpec =>
    (activation === 'strelu' ? strelu : trelu)({ thetaPer: chance(2) ? 'layer' : 'channel' });
  const norms = (): LayerSpec[] => (batchNorms && chance(2) ? [batchNorm()] : []);
  const channels = (): number => (wide && chance(3) ? pick(30, 70) : pick(1, 4));

  /** Any convolution; groups are made to divide what they find. */
  const anyConv = (bordered = true): LayerSpec => {
    const [kernel, stride, dilation] = [pair(1, 3), pair(1, 2), chance(2) ? pair(1, 3) : ([1, 1] as const)];
    const padding = chance(2) ? border(4) : pick(0, 3);
    const [groups, multiple, outChannels] = [pick(1, 3), pick(1, 2), channels()];
    const grouped = chance(2);
    return (map, name) => {
      const own = grouped ? (chance(2) ? map[2] : map[2] % groups === 0 ? groups : 1) : 1;
      const outs = own > 1 ? own * multiple : outChannels;
      const zeros = bordered ? padding : 0;
      return conv2d(outs, kernel, { stride, padding: zeros, dilation, groups: own, bias: chance(2) })(
        map,
        name,
      );
    };
  };
  const sameConv = (outChannels: number): LayerSpec => conv2d(outChannels, [3, 1], { padding: 'same' });
  const pool = (): LayerSpec[] => {
    const everywhere = maxPools === 'everywhere';
    if (!everywhere && chance(2)) return [];
    if (everywhere || (maxPools && chance(2))) {
      const window = pair(1, 3);
      const padding: Border = [pick(0, window[0] - 1), 0, pick(0, window[1] - 1), pick(0, window[1] - 1)];
      return [
        maxPool(window, { ...(chance(2) && { stride: pair(1, 2) }), padding: chance(2) ? 0 : padding }),
      ];
    }
    if (options.dyadicPools)
      return [avgPool(chance(2) ? [2, 1] : 2, chance(2) ? { stride: pair(1, 2), padding: pick(0, 1) } : {})];
    if (chance(4)) return [globalAvgPool()];
    const window = pair(1, 3);
    const countPadding = !unevenMeans || chance(2);
    return [
      avgPool(window, {
        ...(chance(2) && { stride: pair(1, 2) }),
        padding: chance(2) ? 0 : [pick(0, window[0] - 1), 0, 0, pick(0, window[1] - 1)],
        countPadding,
      }),
    ];
  };
  const block = (): LayerSpec[] => {
    switch (pick(0, 4)) {
      case 0: {
        const outs = channels();
        const shortcut = chance(2) ? [conv2d(outs, 1)] : [conv2d(outs, [1, 3], { padding: 'same' })];
        return [residual([sameConv(outs), ...norms()], shortcut), act()];
      }
      case 1: {
        const left = [anyConvSame(channels()), ...norms(), act()];
        const right = chance(3) ? [] : [sameConv(channels()), act()];
        return [concat(left, right)];
      }
      case 2:
        return [concat([sameConv(pick(1, 3)), ...norms()], [conv2d(pick(1, 3), 1)]), act()];
      case 3: {
        const value = chance(2) ? pick(-8, 8) / 8 : 0;
        return [pad(border(2), value), anyConv(value === 0), ...norms(), act()];
      }
      default:
        return [anyConv(), ...norms(), act()];
    }
  };
  const anyConvSame = (outs: number): LayerSpec =>
    chance(2)
      ? conv2d(outs, 3, { padding: 'same', dilation: pick(1, 2) })
      : conv2d(outs, [1, 3], { padding: 'same' });

  const specs: LayerSpec[] = [];
  // the image has no spikes: its first layer has weights of its own
  for (let b = pick(maxPools === 'everywhere' ? 1 : 0, 3), first = true; b > 0; b--, first = false)
    specs.push(
      ...(first ? [anyConv(), ...norms(), act()] : block()),
      ...pool(),
      ...(chance(3) ? pool() : []),
    );
  return [...specs, flatten(), linear(pick(2, 4))];
}

/** Dyadic parameters, each as its role asks. */
export function randomWeights(
  architecture: Architecture,
  random: Random,
): Map<string, Float32Array<ArrayBuffer>> {
  const dyadic = (reach: number, shift: number): number =>
    (random.integer(2 * reach + 1) - reach) / 2 ** shift;
  return new Map(
    parameterSpecs(architecture.layers).map(({ name, role, shape }) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const draw = (): number => {
        if (role === 'theta') return (1 + random.integer(8)) / 4;
        if (role === 'variance') return 4 ** (random.integer(3) - 1);
        return role === 'gamma' ? dyadic(8, 2) : dyadic(8, 3);
      };
      return [name, Float32Array.from({ length }, draw)] as const;
    }),
  );
}

/** Whether a layer of this kind is in the network. */
export const hasKind = (layers: readonly Layer[], kind: Layer['kind']): boolean =>
  layers.some(
    (layer) =>
      layer.kind === kind ||
      (layer.kind === 'residual' && [layer.body, layer.shortcut].some((inner) => hasKind(inner, kind))) ||
      (layer.kind === 'concat' && layer.branches.some((inner) => hasKind(inner, kind))),
  );
