/**
 * @file Random small trained networks on dyadic numbers, with everything that the converter folds: batch norm before and
 * behind weights (variance + epsilon is a power of 4), average pools before and behind activations, residual blocks,
 * dropout, one theta or one per channel.
 */
import fc from 'fast-check';
import type { Architecture, Layer, TrainedNetwork } from '../../src/nn/architecture.ts';
import { borderOf, pairOf } from '../../src/nn/map-window.ts';
import { Random } from '../../src/random/random.ts';

export interface TrainedCase {
  readonly network: TrainedNetwork;
  readonly image: Float32Array<ArrayBuffer>;
  readonly steps: number;
}

const EPSILON = 2 ** -10;

export const trainedCases = (activation: 'strelu' | 'trelu' = 'strelu'): fc.Arbitrary<TrainedCase> =>
  fc
    .record({ seed: fc.nat(), blocks: fc.integer({ min: 1, max: 2 }), steps: fc.integer({ min: 1, max: 6 }) })
    .map(({ seed, blocks, steps }) => ({ ...draw(seed, blocks, activation), steps }));

function draw(seed: number, blocks: number, activation: 'strelu' | 'trelu'): Omit<TrainedCase, 'steps'> {
  const random = Random.seeded(seed);
  const weights = new Map<string, Float32Array<ArrayBuffer>>();
  const dyadic = (reach: number, shift: number): number =>
    (random.integer(2 * reach + 1) - reach) / 2 ** shift;
  const put = (name: string, length: number, next: () => number): void => {
    weights.set(name, Float32Array.from({ length }, next));
  };
  const chance = (n: number): boolean => random.integer(n) === 0;
  let id = 0;
  const name = (kind: string): string => `${kind}${id++}`;
  const input = [2 + random.integer(5), 2 + random.integer(5), 1 + random.integer(2)] as const;
  let [height, width, channels]: number[] = [...input] as [number, number, number];
  const layers: Layer[] = [];

  const conv = (outChannels: number, kernel: number, stride: number, padding: number): Layer => {
    const layer = {
      kind: 'conv2d' as const,
      name: name('conv'),
      inChannels: channels!,
      outChannels,
      kernel: pairOf(kernel),
      stride: pairOf(stride),
    };
    const bias = chance(2);
    put(`${layer.name}.weight`, kernel * kernel * channels! * outChannels, () => dyadic(8, 3));
    if (bias) put(`${layer.name}.bias`, outChannels, () => dyadic(8, 3));
    return { ...layer, padding: borderOf(padding), dilation: pairOf(1), groups: 1, bias };
  };
  const batchNorm = (count: number): Layer => {
    const layer = {
      kind: 'batchNorm' as const,
      name: name('norm'),
      channels: count,
      epsilon: EPSILON,
      momentum: 0.1,
    };
    put(`${layer.name}.gamma`, count, () => dyadic(8, 2));
    put(`${layer.name}.beta`, count, () => dyadic(8, 3));
    put(`${layer.name}.mean`, count, () => dyadic(8, 3));
    put(`${layer.name}.variance`, count, () => 4 ** (random.integer(3) - 1) - EPSILON);
    return layer;
  };
  const pool = (): void => {
    if (height! < 2 || width! < 2 || !chance(3)) return;
    layers.push({
      kind: 'avgPool',
      name: name('pool'),
      window: pairOf(2),
      stride: pairOf(2),
      padding: borderOf(0),
      countPadding: true,
    });
    [height, width] = [Math.floor(height! / 2), Math.floor(width! / 2)];
  };
  const activate = (): void => {
    const thetas = chance(2) ? 1 : channels!;
    const layer = { kind: 'activation' as const, name: name('act'), activation, thetas, leak: 0, levels: 0 };
    layers.push({ ...layer, rounding: 'round' });
    put(`${layer.name}.theta`, thetas, () => (chance(2) ? 1 : -1) * 2 ** (random.integer(4) - 1));
  };

  for (let b = 0; b < blocks; b++) {
    if (b > 0 && chance(3)) {
      const body = [conv(channels!, 3, 1, 1), ...(chance(2) ? [batchNorm(channels!)] : [])];
      const shortcut = chance(2) ? [] : [conv(channels!, 1, 1, 0)];
      layers.push({ kind: 'residual', name: name('residual'), body, shortcut });
    } else {
      const kernel = 1 + random.integer(Math.min(3, height!, width!));
      const padding = random.integer(2);
      const stride = 1 + random.integer(2);
      for (let norms = b > 0 && padding === 0 ? random.integer(3) : 0; norms > 0; norms--)
        layers.push(batchNorm(channels!));
      const outChannels = 1 + random.integer(3);
      layers.push(conv(outChannels, kernel, stride, padding));
      const out = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1;
      [height, width, channels] = [out(height!), out(width!), outChannels];
      if (chance(2)) layers.push(batchNorm(channels));
      pool();
    }
    activate();
    pool();
    if (chance(4)) layers.push({ kind: 'dropout', name: name('dropout'), rate: 0.5 });
  }
  layers.push({ kind: 'flatten', name: name('flatten') });
  const [inputs, classes] = [height! * width! * channels!, 2 + random.integer(3)];
  layers.push({ kind: 'linear', name: 'out', inputs, outputs: classes, bias: true });
  put('out.weight', inputs * classes, () => dyadic(8, 3));
  put('out.bias', classes, () => dyadic(8, 3));
  if (chance(3)) layers.push(batchNorm(classes));
  const architecture: Architecture = { name: 'random', input, classes, layers };
  const image = Float32Array.from({ length: input[0] * input[1] * input[2] }, () => dyadic(16, 3));
  return { network: { architecture, weights, provenance: {} }, image };
}
