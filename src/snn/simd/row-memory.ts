/** @file The memory of lists of weight rows: the rows that each output position adds in a step (program/merge.ts). */
import type { Arena } from '../../memory/arena.ts';
import type { Geometry, ScaledSynapses } from '../geometry.ts';
import { OVERRUN, ROW_ENTRY_BYTES } from './program/contract.ts';

/** The addresses of a group's lists of weight rows. */
export interface RowMemory {
  readonly entries: number;
  readonly lists: number;
}

/**
 * Allocates lists for each group of synapses, large enough for each of these layers, which run one after the other. `pages` is
 * the number of steps whose lists are in memory at once.
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

/** True for synapses that spikes pass through weights. */
export const needsRows = (synapses: Geometry): boolean => synapses.from >= 0 && synapses.kind !== 'identity';

/** The bytes of the longest list of one position and step: a uint16 for each input and spike. */
function positionBytes(
  { kernelHeight, kernelWidth, map, pool }: ScaledSynapses,
  planes: readonly number[],
): number {
  return kernelHeight * kernelWidth * map[2] * pool * pool * Math.max(...planes) * 2 + OVERRUN;
}

/** The bytes of the lists of one row of the output map. */
export const rowBytes = (synapses: ScaledSynapses, planes: readonly number[], pages: number): number =>
  synapses.out[1] * pages * positionBytes(synapses, planes);

/** The largest number of inputs of a neuron: weight rows are numbered in uint16. */
export const MOST_ROWS = 65536;
