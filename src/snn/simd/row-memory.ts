/** @file The memory of lists of weight rows: the rows that each output position adds in a step (program/merge.ts). */
import type { Arena } from '../../memory/arena.ts';
import { type Geometry, type ScaledSynapses, withoutGroups } from '../geometry.ts';
import { OVERRUN, ROW_ENTRY_BYTES } from './program/contract.ts';

/** The addresses of a group's lists of weight rows. */
export interface RowMemory {
  readonly entries: number;
  readonly lists: number;
}

/**
 * Allocates lists for each group of synapses, large enough for each of these layers, which run one after the other. `pages` is
 * the number of steps whose lists are in memory at once.
 * @param layers of each, the synapses that need lists
 */
export function shareRows(
  layers: readonly (readonly ScaledSynapses[])[],
  planes: readonly number[],
  arena: Arena,
  { images, steps, pages }: { readonly images: number; readonly steps: number; readonly pages: number },
): RowMemory[] {
  const needs: { lists: number; bytes: number }[] = [];
  for (const layer of layers) {
    for (const [g, synapses] of layer.entries()) {
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

/** True for synapses that spikes pass through weights which several channels share. */
export const needsRows = (synapses: Geometry): boolean =>
  synapses.from >= 0 && synapses.kind !== 'identity' && !isDepthwise(synapses);

/** True for spikes that pass through weights of each channel by itself. */
export const isDepthwise = ({ from, kind, groups, map, out }: Geometry): boolean =>
  from >= 0 && kind === 'weights' && groups > 1 && groups === map[2] && groups === out[2];

/** The synapses as the kernels take them: without groups, but for channels by themselves. */
export const forKernels = (synapses: ScaledSynapses): ScaledSynapses =>
  isDepthwise(synapses) ? synapses : withoutGroups(synapses);

/** True for synapses that a matrix product can stand for: the whole map at once, or what the convolution kernels are made for. */
export function fitsProduct({ map, out, kernelHeight, kernelWidth, ...moves }: Geometry): boolean {
  const { stride, padding, dilation } = moves;
  const even = padding.every((side) => side === padding[0]);
  const whole = kernelHeight === map[0] && kernelWidth === map[1] && out[0] * out[1] === 1;
  if (dilation[0] * dilation[1] !== 1) return false;
  if (whole && padding.every((side) => side === 0)) return true;
  return kernelHeight === kernelWidth && stride[0] === stride[1] && even && padding[0] < kernelHeight;
}

/** True for synapses whose spikes become lists of weight rows: all that pass through weights, unless a product stands for them. */
export const needsList = (synapses: Geometry, byProducts: boolean): boolean =>
  needsRows(synapses) && !(byProducts && fitsProduct(synapses));

/** True for synapses that are computed as a matrix product. */
export const isProduct = (synapses: Geometry): boolean => needsRows(synapses) && fitsProduct(synapses);

/** The bytes of the longest list of one position and step: a uint16 for each input and spike. */
function positionBytes(
  { kernelHeight, kernelWidth, map, poolSize }: ScaledSynapses,
  planes: readonly number[],
): number {
  return kernelHeight * kernelWidth * map[2] * poolSize * Math.max(...planes) * 2 + OVERRUN;
}

/** The bytes of the lists of one row of the output map. */
export const rowBytes = (synapses: ScaledSynapses, planes: readonly number[], pages: number): number =>
  synapses.out[1] * pages * positionBytes(synapses, planes);

/** The largest number of inputs of a neuron: weight rows are numbered in uint16. */
export const MOST_ROWS = 65536;
