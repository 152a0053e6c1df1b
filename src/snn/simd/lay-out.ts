/**
 * @file One layer's place in the heap: packed weights, thresholds, potentials, masks, spike queues, and the descriptors
 * that point the kernels to them. Everything is allocated once, before the first step.
 */
import type { Arena } from '../../memory/arena.ts';
import { fanOut } from '../fan-out.ts';
import type { ScaledSynapses } from '../geometry.ts';
import { levelsOf, planesOf } from '../levels.ts';
import type { SpikingNetwork } from '../network.ts';
import { recordOptionsOf } from '../simulation.ts';
import {
  layOutPixels,
  needsRows,
  pixelGroup,
  type RowMemory,
  rowBytes,
  shareRows,
  spikeGroup,
} from './group-memory.ts';
import type { LayerMemory } from './layer-memory.ts';
import { countsSpikes, emissionOf, leastSent, modeOf, ruleFields } from './modes.ts';
import { blocksOf, packChannels } from './pack.ts';
import type { Plan } from './plan.ts';
import { precisionOf } from './precision.ts';
import { layOutProduct, type ProductMemory, productGroup, shareProducts } from './products.ts';
import { GROUP_FIELDS, LAYER_FIELDS, Mode, row } from './program/descriptor.ts';
import { SCRATCH } from './program/integer-kernel.ts';
import { layOutQueues } from './queue-memory.ts';
import { WAVE_PAGES } from './wavefront.ts';

/** charged: the synapses of each layer. */
export function layOutAll(
  network: SpikingNetwork,
  charged: readonly (readonly ScaledSynapses[])[],
  arena: Arena,
  plan: Plan,
): LayerMemory[] {
  const { batch: images, window: steps, waves } = plan;
  const byProducts = plan.engine === 'products';
  const layers: LayerMemory[] = [];
  const share = (of: readonly (readonly ScaledSynapses[])[]): RowMemory[] =>
    shareRows(of, levelsOf(network.neuron), arena, images, steps, waves ? WAVE_PAGES : steps);
  const products = byProducts ? shareProducts(charged, arena, images * steps) : null;
  const shared = waves ? null : byProducts ? [] : share(charged);
  for (const synapses of charged)
    layers.push(layOut(network, synapses, layers, shared ?? share([synapses]), products, arena, plan));
  return layers;
}

/** Allocates and fills; `earlier` are the layers before this one, `rows` one place per group of synapses, `room` that of products. */
function layOut(
  network: SpikingNetwork,
  charged: readonly ScaledSynapses[],
  earlier: readonly LayerMemory[],
  rows: readonly RowMemory[],
  room: ProductMemory | null,
  arena: Arena,
  plan: Plan,
): LayerMemory {
  const index = earlier.length;
  const layer = network.layers[index]!;
  const [height, width, channels] = layer.shape;
  const { batch: images, window: steps, steps: limit, lanes, waves } = plan;
  const settling = plan.schedule === 'settling';
  const record = recordOptionsOf(plan.record, index);
  const { heap } = arena;
  const blocks = blocksOf(channels, precisionOf(network, charged, index, plan));
  const levels = levelsOf(network.neuron);
  const positions = height * width;
  const mapBytes = positions * blocks.padded * 4;
  const moments = images * steps;
  const fires = index < network.layers.length - 1;
  const allocateIf = (wanted: boolean | undefined, bytes: number): number =>
    wanted ? arena.allocate(bytes) : 0;
  const table = (...rowsOfTable: readonly Int32Array[]): number => {
    const values = rowsOfTable.flatMap((r) => [...r]);
    const pointer = arena.allocate(values.length * 4);
    heap.i32(pointer, values.length).set(values);
    return pointer;
  };
  const perChannel = (values: ArrayLike<number>, rest: number, scale = 1): number => {
    const pointer = arena.allocate(blocks.padded * 4);
    packChannels(values, scale, rest, channels, blocks, heap, pointer);
    return pointer;
  };
  const threshold = (scale: number, rest: number): number =>
    fires ? perChannel(layer.theta, rest, scale) : 0;

  const places = layer.bias.length / channels;
  const bias = arena.allocate(places * blocks.padded * 4);
  for (let p = 0; p < places; p++) {
    const values = layer.bias.subarray(p * channels, (p + 1) * channels);
    packChannels(values, 1, 0, channels, blocks, heap, bias + p * blocks.padded * 4);
  }
  const biasPosition = places > 1 ? blocks.padded * 4 : 0;
  const pixels = charged.filter((s) => s.from < 0).map((s) => layOutPixels(s, arena, images));
  const driven = pixels.length > 0;
  const pixelCurrents = allocateIf(driven, images * mapBytes);
  const constant = driven
    ? { base: pixelCurrents, baseImage: mapBytes, basePosition: blocks.padded * 4 }
    : { base: bias, baseImage: 0, basePosition: biasPosition };

  const spiking = charged.filter((s) => s.from >= 0);
  const merging = spiking.filter(needsRows);
  const pages = waves ? WAVE_PAGES : steps;
  const products = room
    ? merging.map((s, g) => layOutProduct(s, g, network.neuron, earlier[s.from]!, room, steps, arena))
    : [];
  const groups = spiking.map((s) => {
    const product = products.find(({ synapses }) => synapses === s);
    if (product) return productGroup(product);
    return spikeGroup(s, blocks, levels, earlier[s.from]!, rows[merging.indexOf(s)], pages, arena);
  });
  const firstGroup = table(...groups);
  const merges = (room ? [] : merging).map((s) => ({
    group: firstGroup + spiking.indexOf(s) * GROUP_FIELDS.length * 4,
    rowBytes: rowBytes(s, levels, pages),
    pages: waves ? pages : 1,
  }));

  const rowsWanted = Math.floor((blocks.count * images * height) / (lanes * 16));
  const rowsPerTask = lanes === 1 ? height : Math.max(1, Math.min(height, rowsWanted));
  const rowTasks = Math.ceil(height / rowsPerTask);
  const tasks = blocks.count * images * rowTasks;
  const overloads = arena.allocate(tasks * 4);
  heap.i32(overloads, tasks).fill(0);

  const masks = allocateIf(fires, moments * positions * blocks.words * levels.length * 4);
  const currents = allocateIf(!fires || record.currents, moments * mapBytes);
  const membranes = allocateIf(fires && record.membrane, moments * mapBytes);
  const mode = modeOf(network.neuron, settling);
  const sent = allocateIf(fires && countsSpikes(mode), images * mapBytes);
  const common = {
    width,
    positions,
    height,
    steps,
    images,
    rowTasks,
    rowsPerTask,
    overloads,
    blocks: blocks.words,
    weightBlocks: blocks.count,
    scratch: allocateIf(blocks.precision === 'int8', lanes * SCRATCH),
    tailRegisters: blocks.tailRegisters,
    channelBytes: blocks.padded * 4,
    firstStep: 0,
    endStep: steps,
    initial: 1,
    limit,
    lowest: leastSent(network.neuron, settling) * limit,
    ...planesOf(levels),
  };
  const fields = {
    ...common,
    ...constant,
    sent,
    masks,
    currents,
    membranes,
    firstGroup,
    fires: fires ? mode : Mode.store,
    groups: groups.length,
    v: allocateIf(fires, images * mapBytes),
    ...ruleFields(network, settling, threshold),
  };
  const pixelGroups = pixels
    .filter(({ synapses }) => synapses.kind === 'weights')
    .map((p) => pixelGroup(p, blocks, arena));
  const filling = {
    ...fields,
    steps: 1,
    endStep: 1,
    fires: Mode.store,
    base: bias,
    baseImage: 0,
    basePosition: biasPosition,
    currents: pixelCurrents,
    groups: pixelGroups.length,
    firstGroup: driven ? table(...pixelGroups) : 0,
  };
  const fanOuts = allocateIf(fires, positions * 8);
  if (fires) heap.f64(fanOuts, positions).set(fanOut(network, index));
  return {
    layer,
    blocks,
    positions,
    rowTasks,
    depth: spiking.reduce((most, { from }) => Math.max(most, earlier[from]!.depth + 1), 0),
    steps,
    merges,
    products,
    pixels,
    constant,
    sent,
    emission: emissionOf(network.neuron),
    mapBytes,
    masks,
    levels,
    currents,
    membranes,
    overloads,
    fanOuts,
    descriptor: table(row(LAYER_FIELDS, fields)),
    analogue: driven ? table(row(LAYER_FIELDS, filling)) : 0,
    silence: { base: perChannel([0], 0), baseImage: 0, basePosition: 0 },
    totals: allocateIf(fires, moments * 16),
    queues: room ? [] : layOutQueues(network, index, masks, arena, images, steps),
  };
}
