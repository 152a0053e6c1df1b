/**
 * @file Products on the heap: what spikes send to a layer as one matrix product over all images and steps that are held,
 * instead of a row of weights for each spike. Pays where most neurons spike; the sums are rounded in the product's order.
 */
import { fuses } from '../../kernels/assembler/assembler.ts';
import { createImplicitConv2d } from '../../kernels/conv2d/implicit/implicit.ts';
import { createSimdConv2d } from '../../kernels/conv2d/simd.ts';
import { createSimdGemm } from '../../kernels/gemm/simd.ts';
import { resetOnError } from '../../kernels/reset-on-error.ts';
import { Arena } from '../../memory/arena.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Team } from '../../memory/team.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { Geometry, ScaledSynapses } from '../geometry.ts';
import { neverRounds } from '../grid.ts';
import { levelsOf, planesOf } from '../levels.ts';
import type { SpikingNetwork } from '../network.ts';
import type { Neuron } from '../neurons/neuron.ts';
import { needsRows, type Source } from './group-memory.ts';
import { type Machine, type ProductKernels, put } from './machine.ts';
import { blocksOf } from './pack.ts';
import { GROUP_FIELDS, row } from './program/descriptor.ts';
import { byteValues, MAP_FIELDS } from './program/spike-maps.ts';

const made = new WeakMap<Team, { readonly fast: ProductKernels; readonly exact: ProductKernels }>();

/** On a grid no sum rounds, and none may begin to: the transforms of fast convolution would, for they divide by 3. */
export function productKernels(network: SpikingNetwork, heap: Heap, team: Team): ProductKernels {
  let known = made.get(team);
  if (!known) {
    const arena = new Arena(heap);
    const gemm = createSimdGemm(arena, team);
    const { conv2d } = createSimdConv2d(arena, team);
    const direct = createImplicitConv2d(arena, team, fuses(team)).forward;
    known = {
      fast: resetOnError(arena, { gemm, conv2d }),
      exact: resetOnError(arena, { gemm, conv2d: direct }),
    };
    made.set(team, known);
  }
  return neverRounds(network) ? known.exact : known.fast;
}

/** Room that all layers share, one after the other: the map of spikes, and the currents of the first, second, ... group of a layer. */
export interface ProductMemory {
  readonly map: number;
  readonly currents: readonly number[];
  readonly table: number;
}

/** One group of synapses as a product. */
export interface Product {
  readonly synapses: ScaledSynapses;
  /** Of the map of spikes (spike-maps.ts). */
  readonly descriptor: number;
  readonly map: number;
  /** [kernelHeight, kernelWidth, inChannels, outChannels], both padded with zeros to a multiple of 4. */
  readonly weights: number;
  readonly inChannels: number;
  readonly outChannels: number;
  /** [images, steps, positions, outChannels] */
  readonly currents: number;
}

const padded = (channels: number): number => Math.ceil(channels / 4) * 4;
const inputs = ({ map }: Geometry): number => map[0] * map[1] * padded(map[2]);
const outputs = ({ out }: Geometry): number => out[0] * out[1] * padded(out[2]);

/** Bytes that the widest layer takes for one image and step. */
export function productBytes(layers: readonly (readonly Geometry[])[]): number {
  return Math.max(
    0,
    ...layers
      .map((layer) => layer.filter(needsRows))
      .map((all) => all.reduce((sum, s) => sum + 4 * outputs(s), 0) + 4 * Math.max(0, ...all.map(inputs))),
  );
}

/** frames: images x steps. */
export function shareProducts(
  layers: readonly (readonly ScaledSynapses[])[],
  arena: Arena,
  frames: number,
): ProductMemory {
  const all = layers.map((layer) => layer.filter(needsRows));
  const groups = Math.max(0, ...all.map(({ length }) => length));
  const most = (sizes: readonly number[]): number => arena.allocate(4 * frames * Math.max(0, ...sizes));
  const values = byteValues();
  const table = arena.allocate(values.byteLength);
  arena.heap.f32(table, values.length).set(values);
  return {
    table,
    map: most(all.flat().map(inputs)),
    currents: Array.from({ length: groups }, (_, g) =>
      most(all.flatMap((layer) => (layer[g] ? [outputs(layer[g])] : []))),
    ),
  };
}

/** The g-th group of a layer. steps: kept at once. */
export function layOutProduct(
  synapses: ScaledSynapses,
  g: number,
  neuron: Neuron,
  source: Source,
  { map, currents, table }: ProductMemory,
  steps: number,
  arena: Arena,
): Product {
  const { heap } = arena;
  const [inChannels, outChannels] = [padded(synapses.map[2]), padded(synapses.out[2])];
  const [sourceHeight, sourceWidth, channels] = synapses.source;
  const fields = row(MAP_FIELDS, {
    ...planesOf(levelsOf(neuron)),
    masks: source.masks,
    words: blocksOf(channels).words,
    steps,
    now: steps,
    sourceWidth,
    sourcePositions: sourceHeight * sourceWidth,
    pool: synapses.pool,
    mapHeight: synapses.map[0],
    mapWidth: synapses.map[1],
    channels: inChannels,
    map,
    table,
  });
  const descriptor = arena.allocate(fields.byteLength);
  heap.i32(descriptor, fields.length).set(fields);
  const taps = synapses.kernelHeight * synapses.kernelWidth;
  const length = taps * inChannels * outChannels;
  const weights = arena.allocate(length * 4);
  const to = heap.f32(weights, length).fill(0);
  const [ins, outs] = [synapses.map[2], synapses.out[2]];
  for (let r = 0; r < taps * ins; r++) {
    const at = (Math.floor(r / ins) * inChannels + (r % ins)) * outChannels;
    to.set(synapses.weight.subarray(r * outs, (r + 1) * outs), at);
  }
  return { synapses, descriptor, map, weights, inChannels, outChannels, currents: currents[g]! };
}

/** What the layer kernel adds: currents that are ready. */
export function productGroup({ synapses, currents, outChannels }: Product): Int32Array<ArrayBuffer> {
  const values = Object.fromEntries(GROUP_FIELDS.map((field) => [field, 0])) as Record<
    (typeof GROUP_FIELDS)[number],
    number
  >;
  const [height, width] = synapses.out;
  return row(GROUP_FIELDS, {
    ...values,
    kind: 3,
    mapWidth: width,
    mapPositions: height * width,
    lists: currents,
    slotBytes: outChannels * 4,
  });
}

/** Currents of images 0..count-1 and the first `now` steps that are kept, from the masks of their source. */
export function runProduct(machine: Machine, product: Product, count: number, now: number): void {
  const { heap, team, program } = machine;
  const { synapses, descriptor, inChannels, outChannels } = product;
  const { map, out, kernelHeight, kernelWidth, stride, padding } = synapses;
  const batch = count * now;
  put(heap, descriptor, { now }, MAP_FIELDS);
  team.run(program, 'spikeMap', batch * map[0], [descriptor]);
  const x = heap.f32(product.map, batch * inputs(synapses));
  const y = heap.f32(product.currents, batch * outputs(synapses));
  const w = heap.f32(product.weights, kernelHeight * kernelWidth * inChannels * outChannels);
  const { gemm, conv2d } = machine.products!;
  if (mapSize(out) === out[2] && kernelHeight === map[0] && kernelWidth === map[1] && padding === 0) {
    const k = inputs(synapses);
    gemm(x, w, y, { m: batch, n: outChannels, k, transposeA: false, transposeB: false });
    return;
  }
  conv2d(x, w, null, null, null, y, {
    batch,
    inHeight: map[0],
    inWidth: map[1],
    inChannels,
    outHeight: out[0],
    outWidth: out[1],
    outChannels,
    kernel: kernelHeight,
    stride,
    padding,
  });
}
