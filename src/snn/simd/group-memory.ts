/**
 * @file The heap's share of synapses: packed weights, lists of rows, and their descriptors.
 */
import type { Arena } from '../../memory/arena.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { Geometry, ScaledSynapses } from '../geometry.ts';
import { planesOf } from '../levels.ts';
import { type Blocks, blockBytes, packWeights, weightBytes } from './pack.ts';
import { GROUP_FIELDS, type GroupField, row } from './program/descriptor.ts';
import { OVERRUN } from './program/merge.ts';
import type { QueueMemory } from './queue-memory.ts';

/** A source layer as its readers need it. */
export interface Source {
  readonly masks: number;
  readonly queues: readonly QueueMemory[];
}

/** Where a group's lists of rows are. */
export interface RowMemory {
  readonly entries: number;
  readonly lists: number;
}

/**
 * One place per group of synapses, large enough for each of these layers, which run one after the other.
 * pages: steps whose lists are there at once.
 */
export function shareRows(
  layers: readonly (readonly ScaledSynapses[])[],
  levels: readonly number[],
  arena: Arena,
  images: number,
  steps: number,
  pages: number,
): RowMemory[] {
  const needs: { slots: number; bytes: number }[] = [];
  for (const layer of layers) {
    for (const [g, synapses] of layer.filter(needsRows).entries()) {
      const positions = images * synapses.out[0] * synapses.out[1];
      const slots = positions * steps;
      const known = needs[g] ?? { slots: 0, bytes: 0 };
      needs[g] = {
        slots: Math.max(known.slots, slots),
        bytes: Math.max(known.bytes, positions * pages * slotBytes(synapses, levels)),
      };
    }
  }
  return needs.map(({ slots, bytes }) => ({
    entries: arena.allocate(slots * 16),
    lists: arena.allocate(bytes + OVERRUN),
  }));
}

/** Spikes that come through weights. */
export const needsRows = (synapses: Geometry): boolean => synapses.from >= 0 && synapses.kind !== 'identity';

function slotBytes(
  { kernelHeight, kernelWidth, map, pool }: ScaledSynapses,
  levels: readonly number[],
): number {
  return kernelHeight * kernelWidth * map[2] * pool * pool * Math.max(...levels) * 2 + OVERRUN;
}

/** Bytes of the lists of one row of the output. */
export const rowBytes = (synapses: ScaledSynapses, levels: readonly number[], pages: number): number =>
  synapses.out[1] * pages * slotBytes(synapses, levels);

/** Largest number of inputs of a neuron: rows are counted in uint16. */
export const MOST_ROWS = 65536;

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
    stride: synapses.stride,
    padding: synapses.padding,
    inChannels: synapses.map[2],
    planes: 0,
    positives: 0,
    pool: synapses.pool,
    sourceWidth: synapses.source[1],
    sourcePositions: synapses.source[0] * synapses.source[1],
    weights,
    blockBytes: blockBytes(synapses, blocks),
    entries: 0,
    lists: 0,
    slotBytes: 0,
    rowEntries: 0,
    rowLists: 0,
    rowBytes: 0,
  };
}

/** Synapses that carry spikes. rows: where this group's lists of rows lie. */
export function spikeGroup(
  synapses: ScaledSynapses,
  blocks: Blocks,
  levels: readonly number[],
  source: Source,
  rows: RowMemory | undefined,
  pages: number,
  arena: Arena,
): Int32Array<ArrayBuffer> {
  const shape = { ...geometry(synapses, blocks, arena), ...planesOf(levels) };
  if (synapses.kind === 'identity') return row(GROUP_FIELDS, { ...shape, kind: 1, lists: source.masks });
  const queue = source.queues.find(({ pool }) => pool === synapses.pool)!;
  const read = {
    rowEntries: rows!.entries,
    rowLists: rows!.lists,
    rowBytes: rowBytes(synapses, levels, pages),
  };
  return row(GROUP_FIELDS, { ...shape, kind: 0, entries: queue.entries, ...read });
}

export interface Pixels {
  readonly synapses: ScaledSynapses;
  /** [images, ...map], float32. */
  readonly address: number;
}

export function layOutPixels(synapses: ScaledSynapses, arena: Arena, images: number): Pixels {
  return { synapses, address: arena.allocate(images * mapSize(synapses.map) * 4) };
}

/** Synapses that read the image. */
export function pixelGroup(
  { synapses, address }: Pixels,
  blocks: Blocks,
  arena: Arena,
): Int32Array<ArrayBuffer> {
  return row(GROUP_FIELDS, {
    ...geometry(synapses, blocks, arena),
    kind: 2,
    lists: address,
    slotBytes: synapses.map[2] * 4,
  });
}
