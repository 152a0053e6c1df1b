/**
 * @file Scaled synapses, as engines run them: every kind is seen as a convolution over the (pooled) source map, and the source's
 * theta and the mean over a window are multiplied into the weights, so that a spike only adds its row of weights.
 * An identity keeps one number per channel instead of a matrix.
 */
import { InputError } from '../errors.ts';
import { eachTap as eachTapOf } from '../kernels/conv2d/taps.ts';
import type { MapShape } from '../nn/architecture.ts';
import {
  type Border,
  borderOf,
  type MapWindow,
  NO_BORDER,
  type Pair,
  pairOf,
  placesOf,
} from '../nn/map-window.ts';
import { onInt8Grid } from './grid.ts';
import type { PoolWindow, SpikingLayer, SpikingNetwork, Synapses } from './network.ts';

/** The shapes of synapses that are seen as a convolution over the source's pooled map. */
export interface Geometry {
  readonly kind: 'weights' | 'identity';
  /** Index of the source layer; -1 is the image. */
  readonly from: number;
  /** The source's map. */
  readonly source: MapShape;
  /** The windows whose largest counts are handed on, before anything else; null: every neuron's spikes are. */
  readonly maxPool: MapWindow | null;
  /** The map of what is handed on. */
  readonly sent: MapShape;
  /** The windows over which it is averaged; of one place where it is not. */
  readonly pool: MapWindow;
  /** The places of such a window. */
  readonly poolSize: number;
  /** The map after averaging. */
  readonly map: MapShape;
  readonly out: MapShape;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly stride: Pair;
  readonly padding: Border;
  readonly dilation: Pair;
  readonly groups: number;
}

/** Synapses whose weights contain the source's theta and the mean over the pool. */
export interface ScaledSynapses extends Geometry {
  /** weights: [kernelHeight, kernelWidth, inChannels / groups, outChannels]; identity: [channels]. */
  readonly weight: Float32Array<ArrayBufferLike>;
}

/** The shape of a source's map; -1 is the image. */
export function sourceShape(network: SpikingNetwork, from: number): MapShape {
  return from < 0 ? network.input : network.layers[from]!.shape;
}

/** Windows of n x n places side by side, or as they are given. */
export function windowOfPool(pool: number | PoolWindow): MapWindow {
  const { window, stride, padding } =
    typeof pool === 'number' ? { window: pool, stride: pool, padding: 0 } : pool;
  return { window: pairOf(window), stride: pairOf(stride), padding: borderOf(padding), dilation: [1, 1] };
}

/** True where every window is a place by itself. */
export const isTrivial = ({ window, stride, padding }: MapWindow): boolean =>
  [...window, ...stride].every((one) => one === 1) && padding.every((side) => side === 0);

/** The map that the windows leave. */
export const pooledMap = (map: MapShape, window: MapWindow): MapShape => [
  placesOf(map[0], window, 0),
  placesOf(map[1], window, 1),
  map[2],
];

/**
 * The shapes of synapses of a layer.
 * @throws InputError when they do not fit together
 */
export function synapseGeometry(network: SpikingNetwork, layer: SpikingLayer, synapses: Synapses): Geometry {
  const { from, kind, groups = 1 } = synapses;
  const index = network.layers.lastIndexOf(layer);
  if (!Number.isInteger(from) || from < -1 || from >= index) {
    throw new InputError(
      `${layer.name}: expected a source before layer ${index}, found ${from}; convert the network again`,
    );
  }
  const source = sourceShape(network, from);
  const maxPool = synapses.maxPool ? windowOfPool(synapses.maxPool) : null;
  const sent = maxPool ? pooledMap(source, maxPool) : source;
  const pool = windowOfPool(synapses.pool);
  const map = pooledMap(sent, pool);
  const out = layer.shape;
  const linear = kind === 'linear';
  const [kernelHeight, kernelWidth] = linear ? [map[0], map[1]] : pairOf(synapses.kernel);
  const expected =
    kind === 'identity'
      ? onInt8Grid(network)
        ? out[2]
        : 0
      : (kernelHeight * kernelWidth * map[2] * out[2]) / groups;
  const fits = map[0] >= 1 && map[1] >= 1 && map[2] % groups === 0 && out[2] % groups === 0;
  if (synapses.weight.length !== expected || (linear && out[0] * out[1] !== 1) || !fits) {
    throw new InputError(
      `${layer.name}: expected ${expected} weights of a ${kind} from ${map.join('x')} to ${out.join('x')}, found ${synapses.weight.length}; convert the network again`,
    );
  }
  if (kind === 'identity' && map.join() !== out.join()) {
    throw new InputError(
      `${layer.name}: expected an identity from ${out.join('x')}, found ${map.join('x')}; convert the network again`,
    );
  }
  const moves = linear
    ? { stride: pairOf(1), padding: NO_BORDER, dilation: pairOf(1) }
    : {
        stride: pairOf(synapses.stride),
        padding: borderOf(synapses.padding),
        dilation: pairOf(synapses.dilation ?? 1),
      };
  const pools = { maxPool, sent, pool, poolSize: pool.window[0] * pool.window[1] };
  const shapes = { from, source, ...pools, map, out, kernelHeight, kernelWidth, ...moves, groups };
  return { kind: kind === 'identity' ? 'identity' : 'weights', ...shapes };
}

/** Multiplies the source's theta and the mean over the pool into the weights; each weight is rounded to float32 once. */
export function scaledSynapses(
  network: SpikingNetwork,
  layer: SpikingLayer,
  synapses: Synapses,
): ScaledSynapses {
  const geometry = synapseGeometry(network, layer, synapses);
  const { from, poolSize, map, out } = geometry;
  if (onInt8Grid(network) && from >= 0) return { ...geometry, weight: synapses.weight };
  const theta = from < 0 ? Float32Array.of(1) : network.layers[from]!.theta;
  const heights = Float64Array.from(
    { length: map[2] },
    (_, c) => theta[theta.length === 1 ? 0 : c]! / poolSize,
  );
  if (geometry.kind === 'identity') return { ...geometry, weight: Float32Array.from(heights) };
  const weight = new Float32Array(synapses.weight.length);
  const own = map[2] / geometry.groups;
  for (let at = 0, input = 0; at < weight.length; input = (input + 1) % own)
    for (let first = 0; first < map[2]; first += own) {
      const height = heights[first + input]!;
      for (const end = at + out[2] / geometry.groups; at < end; at++)
        weight[at] = synapses.weight[at]! * height;
    }
  return { ...geometry, weight };
}

/** The channels of the source that weight number `index` of a tap's rows belongs to: [inChannels / groups, outChannels]. */
export function inputOf(
  { map, out, groups }: Pick<Geometry, 'map' | 'out' | 'groups'>,
  index: number,
): number {
  const own = map[2] / groups;
  const group = Math.floor((index % out[2]) / (out[2] / groups));
  return group * own + (Math.floor(index / out[2]) % own);
}

/** The weights as if there were no groups: 0 between an input and the outputs of other groups. */
export function denseWeight(synapses: ScaledSynapses): Float32Array<ArrayBufferLike> {
  const { weight, groups, map, out } = synapses;
  if (groups === 1 || synapses.kind === 'identity') return weight;
  const dense = new Float32Array(weight.length * groups);
  const taps = synapses.kernelHeight * synapses.kernelWidth;
  const rows = inputRows(synapses);
  for (let tap = 0; tap < taps; tap++)
    rows.forEach(({ row, first, end }, i) => {
      const from = tap * (map[2] / groups) * out[2] + row;
      dense.set(weight.subarray(from + first, from + end), (tap * map[2] + i) * out[2] + first);
    });
  return dense;
}

/** The same synapses in one group. */
export const withoutGroups = (synapses: ScaledSynapses): ScaledSynapses =>
  synapses.groups === 1 ? synapses : { ...synapses, weight: denseWeight(synapses), groups: 1 };

/** The weights of one input channel at one tap: `row` from the tap's first, for the output channels `first`.. `end` - 1. */
export interface InputRow {
  readonly row: number;
  readonly first: number;
  readonly end: number;
}

/** The rows of all input channels: where groups are, an input leads to the outputs of its group only. */
export function inputRows({ map, out, groups }: Geometry): InputRow[] {
  const [own, outs] = [map[2] / groups, out[2] / groups];
  return Array.from({ length: map[2] }, (_, i) => {
    const group = Math.floor(i / own);
    return { row: (i % own) * out[2], first: group * outs, end: (group + 1) * outs };
  });
}

/**
 * Calls `visit(position, row)` for each tap of an output position inside the pooled map, in the order that fixes every
 * sum: rows, then columns. `row` is the first weight of that tap.
 */
export function eachTap(
  synapses: Geometry,
  y: number,
  x: number,
  visit: (position: number, row: number) => void,
): void {
  const rowLength = (synapses.map[2] / synapses.groups) * synapses.out[2];
  eachTapOf(synapses, y, x, (position, tap) => visit(position, tap * rowLength));
}
