/**
 * @file Weights that spikes go through, as synapses: without the height of a spike, and in the shortest words for their geometry.
 */
import type { MapShape } from '../../nn/architecture.ts';
import { frameOf, squareOf } from '../../nn/map-window.ts';
import { inputOf } from '../../snn/geometry.ts';
import type { Synapses } from '../../snn/network.ts';
import type { ConvolutionMoves, PoolPairs, Summand } from './signals.ts';
import { unscaledWeights } from './unscaled-weights.ts';

/** Synapses, and how many of their weights are rounded. */
export interface FoundSynapses {
  readonly synapses: Synapses;
  readonly rounded: number;
}

const SINGLE: ConvolutionMoves = {
  kernel: [1, 1],
  stride: [1, 1],
  padding: [0, 0, 0, 0],
  dilation: [1, 1],
  groups: 1,
};

/**
 * @param source the map of the source
 * @param out the map of the layer
 * @param thetas of the layers before
 */
export function synapsesOf(
  { kind, from, pool, weight, moves = SINGLE }: Summand,
  source: MapShape,
  out: MapShape,
  thetas: readonly Float32Array<ArrayBuffer>[],
): FoundSynapses {
  const theta = from < 0 ? Float32Array.of(1) : thetas[from]!;
  const places = pool ? pool.window[0] * pool.window[1] : 1;
  const heights = Float64Array.from(theta, (height) => height / places);
  const heightOf = (channel: number): number => heights[heights.length === 1 ? 0 : channel]!;
  const [outputs, inputs] = [out[2], source[2]];
  const { groups } = moves;
  const shared = { from, pool: poolOf(pool), ...words(moves) };
  if (kind !== 'identity') {
    const found = unscaledWeights(weight, (i) =>
      heightOf(
        kind === 'linear' ? Math.floor(i / outputs) % inputs : inputOf({ map: source, out, groups }, i),
      ),
    );
    return { synapses: { kind, ...shared, weight: found.weight }, rounded: found.rounded };
  }
  const isHeight = weight.every((w, c) => Math.fround(w) === Math.fround(heightOf(c)));
  if (isHeight) return { synapses: { kind, ...shared, weight: new Float32Array(0) }, rounded: 0 };
  // another factor: a convolution that keeps every channel to itself
  const found = unscaledWeights(weight, heightOf);
  const depthwise = { ...shared, ...words({ ...SINGLE, groups: outputs }) };
  return { synapses: { kind: 'conv2d', ...depthwise, weight: found.weight }, rounded: found.rounded };
}

/** One number for n x n windows side by side. */
function poolOf(pool: PoolPairs | null): Synapses['pool'] {
  if (!pool) return 1;
  const { window, stride, padding } = pool;
  const plain = [...window, ...stride].every((n) => n === window[0]) && padding.every((zeros) => zeros === 0);
  return plain
    ? window[0]
    : { window: squareOf(window), stride: squareOf(stride), padding: frameOf(padding) };
}

/** Numbers where both directions are alike, and what is usual left out. */
function words({
  kernel,
  stride,
  padding,
  dilation,
  groups,
}: ConvolutionMoves): Pick<Synapses, 'kernel' | 'stride' | 'padding' | 'dilation' | 'groups'> {
  return {
    kernel: squareOf(kernel),
    stride: squareOf(stride),
    padding: frameOf(padding),
    ...(dilation.some((n) => n !== 1) && { dilation: squareOf(dilation) }),
    ...(groups !== 1 && { groups }),
  };
}
