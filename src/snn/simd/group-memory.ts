/**
 * @file The heap's share of synapses: packed weights, and their descriptors.
 */
import type { Arena } from '../../memory/arena.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { ScaledSynapses } from '../geometry.ts';
import { planeFields } from '../planes.ts';
import type { LayerContext } from './layer-context.ts';
import type { MaxPoolMemory } from './max-pool-memory.ts';
import { type Blocks, blockBytes, packWeights, weightBytes } from './pack.ts';
import { describe, GROUP_FIELDS, type GroupField, GroupKind } from './program/contract.ts';
import { type QueueMemory, queueKey } from './queue-memory.ts';
import { isDepthwise, type RowMemory, rowBytes } from './row-memory.ts';
import { sentMasks } from './sent-masks.ts';
import { windowFields } from './window-fields.ts';

/** What the layers that read a source need to know of its memory. */
export interface Source {
  readonly masks: number;
  readonly maxPools: readonly MaxPoolMemory[];
  readonly queues: readonly QueueMemory[];
}

function geometry(
  synapses: ScaledSynapses,
  blocks: Blocks,
  arena: Arena,
): Omit<Record<GroupField, number>, 'kind'> {
  const weights = arena.allocate(weightBytes(synapses, blocks));
  packWeights(synapses, blocks, arena.heap, weights);
  return {
    mapHeight: synapses.map[0],
    mapWidth: synapses.map[1],
    mapPositions: synapses.map[0] * synapses.map[1],
    kernelHeight: synapses.kernelHeight,
    kernelWidth: synapses.kernelWidth,
    strideY: synapses.stride[0],
    strideX: synapses.stride[1],
    paddingTop: synapses.padding[0],
    paddingLeft: synapses.padding[2],
    dilationY: synapses.dilation[0],
    dilationX: synapses.dilation[1],
    inChannels: synapses.map[2],
    planes: 0,
    positives: 0,
    ...windowFields(synapses.pool, synapses.sent),
    weights,
    blockBytes: blockBytes(synapses, blocks),
    entries: 0,
    lists: 0,
    positionBytes: 0,
    rowEntries: 0,
    rowLists: 0,
    rowBytes: 0,
  };
}

/** Synapses that carry spikes. rows: where this group's lists of weight rows lie. */
export function spikeGroup(
  { blocks, planes, arena }: LayerContext,
  synapses: ScaledSynapses,
  source: Source,
  rows: RowMemory | undefined,
  pages: number,
): Int32Array<ArrayBuffer> {
  const shape = { ...geometry(synapses, blocks, arena), ...planeFields(planes) };
  if (synapses.kind === 'identity' || isDepthwise(synapses))
    return describe(GROUP_FIELDS, {
      ...shape,
      kind: synapses.kind === 'identity' ? GroupKind.identity : GroupKind.depthwise,
      lists: sentMasks(source, synapses.maxPool),
    });
  const queue = source.queues.find(({ key }) => key === queueKey(synapses))!;
  return describe(GROUP_FIELDS, {
    ...shape,
    kind: GroupKind.spikes,
    entries: queue.entries,
    rowEntries: rows!.entries,
    rowLists: rows!.lists,
    rowBytes: rowBytes(synapses, planes, pages),
  });
}

export interface Pixels {
  readonly synapses: ScaledSynapses;
  /** [images, ...map], float32. */
  readonly address: number;
}

export function layOutPixels(synapses: ScaledSynapses, arena: Arena, images: number): Pixels {
  return { synapses, address: arena.allocate(images * mapSize(synapses.map) * 4) };
}

/** The descriptor of synapses that read the image. */
export function pixelGroup(
  { synapses, address }: Pixels,
  blocks: Blocks,
  arena: Arena,
): Int32Array<ArrayBuffer> {
  return describe(GROUP_FIELDS, {
    ...geometry(synapses, blocks, arena),
    kind: GroupKind.pixels,
    lists: address,
    positionBytes: synapses.map[2] * 4,
  });
}
