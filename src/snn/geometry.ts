/**
 * @file Scaled synapses, as engines run them: every kind is seen as a convolution over the (pooled) source map, and the source's
 * theta and the pool's 1 / pool^2 are multiplied into the weights, so that a spike only adds its row of weights.
 * An identity keeps one number per channel instead of a matrix.
 */
import { InputError } from '../errors.ts';
import { eachTap as eachTapOf } from '../kernels/conv2d/taps.ts';
import type { MapShape } from '../nn/architecture.ts';
import { onInt8Grid } from './grid.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from './network.ts';

/** The shapes of synapses that are seen as a convolution over the source's pooled map. */
export interface Geometry {
  readonly kind: 'weights' | 'identity';
  /** Index of the source layer; -1 is the image. */
  readonly from: number;
  readonly pool: number;
  /** The source's map before and after pooling. */
  readonly source: MapShape;
  readonly map: MapShape;
  readonly out: MapShape;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly stride: number;
  readonly padding: number;
}

/** Synapses whose weights contain the source's theta and the mean over the pool. */
export interface ScaledSynapses extends Geometry {
  /** weights: [kernelHeight, kernelWidth, inChannels, outChannels]; identity: [channels]. */
  readonly weight: Float32Array<ArrayBufferLike>;
}

/** The shape of a source's map; -1 is the image. */
export function sourceShape(network: SpikingNetwork, from: number): MapShape {
  return from < 0 ? network.input : network.layers[from]!.shape;
}

/**
 * The shapes of synapses of a layer.
 * @throws InputError when they do not fit together
 */
export function synapseGeometry(network: SpikingNetwork, layer: SpikingLayer, synapses: Synapses): Geometry {
  const { from, pool, kind } = synapses;
  const index = network.layers.lastIndexOf(layer);
  if (!Number.isInteger(from) || from < -1 || from >= index) {
    throw new InputError(
      `${layer.name}: expected a source before layer ${index}, found ${from}; convert the network again`,
    );
  }
  const source = sourceShape(network, from);
  const map: MapShape = [Math.floor(source[0] / pool), Math.floor(source[1] / pool), source[2]];
  const out = layer.shape;
  const linear = kind === 'linear';
  const [kernelHeight, kernelWidth] = linear ? [map[0], map[1]] : [synapses.kernel, synapses.kernel];
  const expected =
    kind === 'identity' ? (onInt8Grid(network) ? out[2] : 0) : kernelHeight * kernelWidth * map[2] * out[2];
  if (synapses.weight.length !== expected || (linear && out[0] * out[1] !== 1) || map[0] * map[1] === 0) {
    throw new InputError(
      `${layer.name}: expected ${expected} weights of a ${kind} from ${map.join('x')} to ${out.join('x')}, found ${synapses.weight.length}; convert the network again`,
    );
  }
  if (kind === 'identity' && map.join() !== out.join()) {
    throw new InputError(
      `${layer.name}: expected an identity from ${out.join('x')}, found ${map.join('x')}; convert the network again`,
    );
  }
  const { stride, padding } = linear ? { stride: 1, padding: 0 } : synapses;
  const shapes = { from, pool, source, map, out, kernelHeight, kernelWidth, stride, padding };
  return { kind: kind === 'identity' ? 'identity' : 'weights', ...shapes };
}

/** Multiplies the source's theta and the mean over the pool into the weights; each weight is rounded to float32 once. */
export function scaledSynapses(
  network: SpikingNetwork,
  layer: SpikingLayer,
  synapses: Synapses,
): ScaledSynapses {
  const geometry = synapseGeometry(network, layer, synapses);
  const { from, pool, map, out } = geometry;
  if (onInt8Grid(network) && from >= 0) return { ...geometry, weight: synapses.weight };
  const theta = from < 0 ? Float32Array.of(1) : network.layers[from]!.theta;
  const heights = Float64Array.from(
    { length: map[2] },
    (_, c) => theta[theta.length === 1 ? 0 : c]! / (pool * pool),
  );
  if (geometry.kind === 'identity') return { ...geometry, weight: Float32Array.from(heights) };
  const weight = new Float32Array(synapses.weight.length);
  for (let at = 0, input = 0; at < weight.length; input = (input + 1) % map[2]) {
    const height = heights[input]!;
    for (const end = at + out[2]; at < end; at++) weight[at] = synapses.weight[at]! * height;
  }
  return { ...geometry, weight };
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
  const rowLength = synapses.map[2] * synapses.out[2];
  eachTapOf(synapses, y, x, (position, tap) => visit(position, tap * rowLength));
}
