/** @file The heap's share of lists of weight rows: what each output position reads in a step (program/merge.ts). */
import type { Arena } from '../../memory/arena.ts';
import type { Geometry, ScaledSynapses } from '../geometry.ts';
import { OVERRUN, ROW_ENTRY_BYTES } from './program/contract.ts';

/** Where a group's lists of weight rows are. */
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
  planes: readonly number[],
  arena: Arena,
  { images, steps, pages }: { readonly images: number; readonly steps: number; readonly pages: number },
): RowMemory[] {
  const needs: { lists: number; bytes: number }[] = [];
  for (const layer of layers) {
    for (const [g, synapses] of layer.filter(needsRows).entries()) {
      const positions = images * synapses.out[0] * synapses.out[1];
      const known = needs[g] ?? { lists: 0, bytes: 0 };
      needs[g] = {
        lists: Math.max(known.lists, positions * steps),
        bytes: Math.max(known.bytes, positions * pages * positionBytes(synapses, planes)),
      };
    }
  }
  return needs.map(({ lists, bytes }) => ({
    entries: arena.allocate(lists * ROW_ENTRY_BYTES),
    lists: arena.allocate(bytes + OVERRUN),
  }));
}

/** Spikes that come through weights. */
export const needsRows = (synapses: Geometry): boolean => synapses.from >= 0 && synapses.kind !== 'identity';

/** Bytes of the longest list of one position and step: a uint16 for each input and spike. */
function positionBytes(
  { kernelHeight, kernelWidth, map, pool }: ScaledSynapses,
  planes: readonly number[],
): number {
  return kernelHeight * kernelWidth * map[2] * pool * pool * Math.max(...planes) * 2 + OVERRUN;
}

/** Bytes of the lists of one row of the output. */
export const rowBytes = (synapses: ScaledSynapses, planes: readonly number[], pages: number): number =>
  synapses.out[1] * pages * positionBytes(synapses, planes);

/** Largest number of inputs of a neuron: weight rows are numbered in uint16. */
export const MOST_ROWS = 65536;
