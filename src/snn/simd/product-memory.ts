/** @file The memory of matrix products: maps of spikes, padded weights, currents, and their descriptors. */

import { byteWeightBytes, PANEL, packByteWeights, packFirstSums } from '../../kernels/conv2d/bytes/layout.ts';
import { roundUp } from '../../kernels/round-up.ts';
import type { Arena } from '../../memory/arena.ts';
import type { Geometry, ScaledSynapses } from '../geometry.ts';
import { planeFields } from '../planes.ts';
import { byteOffset } from './byte-products.ts';
import type { Source } from './group-memory.ts';
import { type LayerContext, table } from './layer-context.ts';
import { blocksOf } from './pack.ts';
import {
  bitValueTable,
  byteValueTable,
  describe,
  GROUP_FIELDS,
  type GroupField,
  GroupKind,
  MAP_FIELDS,
} from './program/contract.ts';
import { isProduct } from './row-memory.ts';
import { sentMasks } from './sent-masks.ts';
import { windowFields } from './window-fields.ts';

/**
 * Memory that all layers share, one after the other: the map of spikes, and the currents of the first, second, ... group of a
 * layer.
 */
export interface ProductMemory {
  readonly map: number;
  readonly currents: readonly number[];
  readonly table: number;
  readonly byteTable: number;
}

/** One group of synapses that is computed as a matrix product. */
export interface Product {
  readonly synapses: ScaledSynapses;
  /** The descriptor of its map of spikes (program/spike-maps.ts). */
  readonly descriptor: number;
  readonly map: number;
  /** [kernelHeight, kernelWidth, inChannels, outChannels], both padded with zeros to a multiple of 4; bytes lie in panels. */
  readonly weights: number;
  /** Of bytes: where their sums start (kernels/conv2d/bytes); null: in float32. */
  readonly firstSums: number | null;
  readonly inChannels: number;
  readonly outChannels: number;
  /** [images, steps, positions, outChannels]; for counts [images, positions, outChannels] */
  readonly currents: number;
  /** True: one product of how many spikes all steps had, in place of one for each step. */
  readonly counts: boolean;
}

const padded = (channels: number): number => Math.ceil(channels / 4) * 4;
export const inputs = ({ map }: Geometry): number => map[0] * map[1] * padded(map[2]);
export const outputs = ({ out }: Geometry): number => out[0] * out[1] * padded(out[2]);

/** The bytes of a map of spikes, in float32 or in bytes with a border. */
function spikeMapBytes(synapses: Geometry): number {
  const [height, width] = withBorder(synapses);
  return Math.max(4 * inputs(synapses), height * width * padded(synapses.map[2]));
}

/** Height and width of a map of bytes. */
export const withBorder = ({ map, padding }: Geometry): readonly [number, number] => [
  map[0] + 2 * padding[0],
  map[1] + 2 * padding[0],
];

/**
 * The bytes that the widest layer takes for one image.
 * @param framesOf a layer, by its index: steps that it multiplies by themselves
 */
export function productBytes(
  layers: readonly (readonly Geometry[])[],
  framesOf: (l: number) => number,
): number {
  return Math.max(
    0,
    ...layers
      .map((layer) => layer.filter(isProduct))
      .map((all) => all.reduce((sum, s) => sum + 4 * outputs(s), 0) + Math.max(0, ...all.map(spikeMapBytes)))
      .map((bytes, l) => bytes * framesOf(l)),
  );
}

/**
 * Allocates the memory that all products share.
 * @param framesOf a layer, by its index: images x steps that it multiplies by themselves
 */
export function shareProducts(
  layers: readonly (readonly ScaledSynapses[])[],
  arena: Arena,
  framesOf: (l: number) => number,
): ProductMemory {
  const all = layers.map((layer) => layer.filter(isProduct));
  const groups = Math.max(0, ...all.map(({ length }) => length));
  const most = (bytes: readonly number[]): number => arena.allocate(Math.max(0, ...bytes));
  const [values, bytes] = [bitValueTable(), byteValueTable()];
  const table = arena.allocate(values.byteLength);
  arena.heap.f32(table, values.length).set(values);
  const byteTable = arena.allocate(bytes.byteLength);
  new Uint8Array(arena.heap.memory.buffer, byteTable, bytes.length).set(bytes);
  return {
    table,
    byteTable,
    map: most(all.flatMap((layer, l) => layer.map((s) => spikeMapBytes(s) * framesOf(l)))),
    currents: Array.from({ length: groups }, (_, g) =>
      most(all.flatMap((layer, l) => (layer[g] ? [4 * outputs(layer[g]) * framesOf(l)] : []))),
    ),
  };
}

/** Lays out the g-th of a layer's groups that receive their spikes through weights. */
export function layOutProduct(
  { network, layer, arena, plan, planes, index }: LayerContext,
  synapses: ScaledSynapses,
  g: number,
  source: Source,
  { map, currents, table: values, byteTable }: ProductMemory,
): Product {
  const counts = plan.counted.has(index);
  const offset = byteOffset(network, layer, synapses, counts ? plan.steps : 1);
  const [inChannels, outChannels] = [padded(synapses.map[2]), padded(synapses.out[2])];
  const channels = synapses.sent[2];
  const fields = describe(MAP_FIELDS, {
    ...planeFields(planes),
    ...windowFields(synapses.pool, synapses.sent),
    masks: sentMasks(source, synapses.maxPool),
    words: blocksOf(channels).words,
    steps: plan.window,
    now: plan.window,
    together: 1,
    mapHeight: synapses.map[0],
    mapWidth: synapses.map[1],
    channels: inChannels,
    map,
    border: offset === null ? 0 : synapses.padding[0],
    silent: (offset ?? 0) * 0x01010101,
    table: offset === null ? values : byteTable,
  });
  const descriptor = table(arena, fields);
  const laidOut =
    offset === null
      ? { weights: padWeights(arena, synapses, inChannels, outChannels), firstSums: null }
      : byteWeights(arena, synapses, offset);
  return { synapses, descriptor, map, ...laidOut, inChannels, outChannels, currents: currents[g]!, counts };
}

/** Stores the weights as bytes, and what sums start at. */
function byteWeights(
  arena: Arena,
  { weight, kernelHeight, kernelWidth, map, out }: ScaledSynapses,
  offset: number,
): Pick<Product, 'weights' | 'firstSums'> {
  const sizes = { taps: kernelHeight * kernelWidth, ins: map[2], outs: out[2] };
  const weights = arena.allocate(byteWeightBytes(sizes));
  packByteWeights(arena.heap, weights, weight, sizes);
  const firstSums = arena.allocate(4 * roundUp(out[2], PANEL));
  packFirstSums(arena.heap, firstSums, weight, sizes, offset);
  return { weights, firstSums };
}

/** Stores the weights as [taps, inChannels, outChannels], padded with zeros; returns their address. */
function padWeights(arena: Arena, synapses: ScaledSynapses, inChannels: number, outChannels: number): number {
  const taps = synapses.kernelHeight * synapses.kernelWidth;
  const length = taps * inChannels * outChannels;
  const weights = arena.allocate(length * 4);
  const to = arena.heap.f32(weights, length).fill(0);
  const [ins, outs] = [synapses.map[2], synapses.out[2]];
  for (let r = 0; r < taps * ins; r++) {
    const at = (Math.floor(r / ins) * inChannels + (r % ins)) * outChannels;
    to.set(synapses.weight.subarray(r * outs, (r + 1) * outs), at);
  }
  return weights;
}

/** The descriptor by which the layer kernel adds the product's currents. */
export function productGroup({ synapses, currents, outChannels }: Product): Int32Array<ArrayBuffer> {
  const unused = Object.fromEntries(GROUP_FIELDS.map((field) => [field, 0])) as Record<GroupField, number>;
  const [height, width] = synapses.out;
  return describe(GROUP_FIELDS, {
    ...unused,
    kind: GroupKind.product,
    mapWidth: width,
    mapPositions: height * width,
    lists: currents,
    positionBytes: outChannels * 4,
  });
}
