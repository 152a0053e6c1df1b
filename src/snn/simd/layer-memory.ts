/**
 * @file One layer's place in the heap: packed weights, thresholds, potentials, masks, spike queues, and the descriptors
 * that point the kernels to them. Everything is allocated once, before the first step.
 */
import type { Arena } from '../../memory/arena.ts';
import { fanOut } from '../fan-out.ts';
import { type Charged, chargeSynapses, neurons } from '../geometry.ts';
import type { SpikingLayer, SpikingNetwork } from '../network.ts';
import { FIRE_RULES } from '../neuron.ts';
import type { RecordOptions } from '../simulation.ts';
import { GROUP_FIELDS, LAYER_FIELDS, Mode, QUEUE_FIELDS, row } from './descriptor.ts';
import { type Blocks, blockLength, blocksOf, packChannels, packWeights } from './pack.ts';

export interface QueueMemory {
  readonly pool: number;
  readonly descriptor: number;
  readonly mapHeight: number;
  readonly counts: number;
  readonly lists: number;
  readonly slotBytes: number;
}

export interface LayerMemory {
  readonly layer: SpikingLayer;
  readonly blocks: Blocks;
  readonly positions: number;
  readonly descriptor: number;
  readonly rowTasks: number;
  /** Fills the constant current from the image; 0: the bias alone. */
  readonly analogue: number;
  /** The image's synapses, to be summed over their windows first. */
  readonly pixels: readonly { readonly synapses: Charged; readonly address: number }[];
  /** The constant current and its strides, and as much silence. */
  readonly constant: Constant;
  readonly silence: Constant;
  /** Spike counts of tracers, or 0, and their bytes for one image. */
  readonly sent: number;
  readonly mapBytes: number;
  readonly masks: number;
  readonly currents: number;
  readonly membranes: number;
  readonly overloads: number;
  readonly fanOuts: number;
  readonly totals: number;
  /** One per window size that some layer reads this one through. */
  readonly queues: readonly QueueMemory[];
}

export interface Constant {
  readonly base: number;
  readonly baseImage: number;
  readonly basePosition: number;
}

export interface Extent {
  /** Images at once. */
  readonly images: number;
  readonly steps: number;
  readonly lanes: number;
  readonly record: RecordOptions;
  readonly settling: boolean;
}

/** Allocates and fills; `earlier` are the layers before this one. */
export function layOut(
  network: SpikingNetwork,
  index: number,
  earlier: readonly LayerMemory[],
  arena: Arena,
  extent: Extent,
): LayerMemory {
  const layer = network.layers[index]!;
  const [height, width, channels] = layer.shape;
  const { images, steps, record } = extent;
  const { heap } = arena;
  const blocks = blocksOf(channels);
  const positions = height * width;
  const moments = images * steps;
  const fires = index < network.layers.length - 1;
  const perChannel = (values: ArrayLike<number>, rest: number): number => {
    const pointer = arena.allocate(blocks.padded * 4);
    packChannels(values, channels, rest, heap.f32(pointer, blocks.padded));
    return pointer;
  };
  const table = (values: Int32Array): number => {
    const pointer = arena.allocate(values.byteLength);
    heap.i32(pointer, values.length).set(values);
    return pointer;
  };
  const mapBytes = positions * blocks.padded * 4;
  const bias = perChannel(layer.bias, 0);
  const charged = layer.inputs.map((synapses) => chargeSynapses(network, layer, synapses));
  const fromImage = charged.filter((synapses) => synapses.from < 0);
  const pixelCurrents = fromImage.length > 0 ? arena.allocate(images * mapBytes) : 0;
  const constant: Constant = {
    base: pixelCurrents || bias,
    baseImage: pixelCurrents ? mapBytes : 0,
    basePosition: pixelCurrents ? blocks.padded * 4 : 0,
  };
  const tracer = network.neuron === 'tracer';
  const exact = tracer || extent.settling;
  // accumulate, then fire: potentials start at theta / 2, as a tracer's do
  const initialPotential = extent.settling ? 0.5 : network.initialPotential;
  const rowsPerTask = Math.max(
    1,
    Math.min(height, Math.floor((blocks.count * images * height) / (extent.lanes * 16))),
  );
  const rowTasks = extent.lanes === 1 ? 1 : Math.ceil(height / rowsPerTask);
  const overloads = arena.allocate(blocks.count * images * rowTasks * 4);
  heap.i32(overloads, blocks.count * images * rowTasks).fill(0);
  const allocateIf = (wanted: boolean | undefined, bytes: number): number =>
    wanted ? arena.allocate(bytes) : 0;
  const theta = layer.theta;
  const rule = FIRE_RULES[network.neuron === 'tracer' ? 'half' : network.neuron];
  const shared = {
    width,
    positions,
    height,
    steps,
    images,
    blocks: blocks.count,
    tailRegisters: blocks.tailRegisters,
    channelBytes: blocks.padded * 4,
    rowTasks,
    rowsPerTask: rowTasks === 1 ? height : rowsPerTask,
    firstStep: 0,
    endStep: steps,
    overloads,
    initial: 1,
    limit: steps,
    lowest: network.neuron === 'unipolar' ? 0 : -steps,
  };
  const weigh = (synapses: Charged): { weights: number; blockBytes: number } => {
    const length = (synapses.weight.length / channels) * blocks.padded;
    const weights = arena.allocate(length * 4);
    packWeights(synapses, heap.f32(weights, length));
    return { weights, blockBytes: blockLength(synapses) * 4 };
  };
  const geometry = (
    synapses: Charged,
  ): Omit<Record<(typeof GROUP_FIELDS)[number], number>, 'kind' | 'counts' | 'lists' | 'slotBytes'> => ({
    mapHeight: synapses.map[0],
    mapWidth: synapses.map[1],
    mapPositions: synapses.map[0] * synapses.map[1],
    kernelHeight: synapses.kernelHeight,
    kernelWidth: synapses.kernelWidth,
    stride: synapses.stride,
    padding: synapses.padding,
    inChannels: synapses.map[2],
    pool: synapses.pool,
    sourceWidth: synapses.source[1],
    sourcePositions: synapses.source[0] * synapses.source[1],
    ...weigh(synapses),
  });
  const spikeGroups = charged
    .filter((synapses) => synapses.from >= 0)
    .map((synapses) => {
      const source = earlier[synapses.from]!;
      if (synapses.kind === 'identity') {
        return row(GROUP_FIELDS, {
          ...geometry(synapses),
          kind: 1,
          counts: 0,
          lists: source.masks,
          slotBytes: 0,
        });
      }
      const { counts, lists, slotBytes } = source.queues.find((queue) => queue.pool === synapses.pool)!;
      return row(GROUP_FIELDS, { ...geometry(synapses), kind: 0, counts, lists, slotBytes });
    });
  const pixels = fromImage.map((synapses) => ({
    synapses,
    address: arena.allocate(images * neurons(synapses.map) * 4),
  }));
  const imageGroups = pixels
    .filter(({ synapses }) => synapses.kind === 'weights')
    .map(({ synapses, address }) =>
      row(GROUP_FIELDS, {
        ...geometry(synapses),
        kind: 2,
        counts: 0,
        lists: address,
        slotBytes: synapses.map[2] * 4,
      }),
    );
  const concatenate = (rows: readonly Int32Array[]): number =>
    table(Int32Array.from(rows.flatMap((r) => [...r])));
  const masks = allocateIf(fires, moments * positions * blocks.count * 8);
  const currents = allocateIf(!fires || record.currents, moments * mapBytes);
  const membranes = allocateIf(fires && record.membrane, moments * mapBytes);
  const sent = allocateIf(fires && exact, images * mapBytes);
  const descriptor = table(
    row(LAYER_FIELDS, {
      ...shared,
      ...constant,
      fires: fires ? (tracer ? Mode.trace : extent.settling ? Mode.accumulate : Mode.fire) : Mode.store,
      v: allocateIf(fires, images * mapBytes),
      start: fires
        ? perChannel(
            Float32Array.from(theta, (value) => value * initialPotential),
            0,
          )
        : 0,
      theta: fires ? perChannel(theta, Number.POSITIVE_INFINITY) : 0,
      up: fires
        ? perChannel(
            Float32Array.from(theta, (value) => value * rule.phiUp),
            Number.POSITIVE_INFINITY,
          )
        : 0,
      down: fires
        ? perChannel(
            Float32Array.from(theta, (value) => -value * rule.phiDown),
            Number.NEGATIVE_INFINITY,
          )
        : 0,
      sent,
      masks,
      currents,
      membranes,
      groups: spikeGroups.length,
      firstGroup: concatenate(spikeGroups),
    }),
  );
  const none = {
    sent: 0,
    fires: Mode.store,
    v: 0,
    start: 0,
    theta: 0,
    up: 0,
    down: 0,
    masks: 0,
    membranes: 0,
  };
  const analogue = pixelCurrents
    ? table(
        row(LAYER_FIELDS, {
          ...shared,
          ...none,
          steps: 1,
          endStep: 1,
          base: bias,
          baseImage: 0,
          basePosition: 0,
          currents: pixelCurrents,
          groups: imageGroups.length,
          firstGroup: concatenate(imageGroups),
        }),
      )
    : 0;
  const windows = new Set<number>();
  for (const later of network.layers) {
    for (const s of later.inputs) if (s.from === index && s.kind !== 'identity') windows.add(s.pool);
  }
  const queues = [...windows].map((pool): QueueMemory => {
    const [mapHeight, mapWidth] = [Math.floor(height / pool), Math.floor(width / pool)];
    const slots = moments * mapHeight * mapWidth;
    const slotBytes = channels * pool * pool * 2;
    const [counts, lists] = [arena.allocate(slots * 8), arena.allocate(slots * slotBytes)];
    const place = {
      masks,
      blocks: blocks.count,
      sourceWidth: width,
      sourcePositions: positions,
      pool,
      mapHeight,
      mapWidth,
      counts,
      lists,
      slotBytes,
    };
    const queue = table(row(QUEUE_FIELDS, { ...place, steps, firstStep: 0, stepsNow: steps }));
    return { pool, descriptor: queue, mapHeight, counts, lists, slotBytes };
  });
  const fanOuts = allocateIf(fires, positions * 8);
  if (fires) heap.f64(fanOuts, positions).set(fanOut(network, index));
  const totals = allocateIf(fires, moments * 16);
  return {
    layer,
    blocks,
    positions,
    descriptor,
    rowTasks,
    analogue,
    pixels,
    constant,
    silence: { base: perChannel([0], 0), baseImage: 0, basePosition: 0 },
    sent,
    mapBytes,
    masks,
    currents,
    membranes,
    overloads,
    fanOuts,
    totals,
    queues,
  };
}
