/**
 * @file A layer's three jobs, each of which needs the one before: merge the spikes that come in to lists of rows, gather
 * these into currents and membranes, collect the spikes that go out.
 */

import type { LayerMemory } from './layer-memory.ts';
import { type Machine, put } from './machine.ts';
import { QUEUE_FIELDS } from './program/descriptor.ts';
import type { Job } from './program/jobs.ts';

/** Steps first..end-1 of those that are kept, of images 0..count-1. */
export interface Span {
  readonly count: number;
  readonly first: number;
  readonly end: number;
}

export function mergeJobs({ layer, merges, steps }: LayerMemory, { count, first, end }: Span): Job[] {
  const [height, width] = layer.shape;
  return merges.map(({ group, rowBytes, pages }) => {
    const page = (first % pages) * (rowBytes / pages);
    return {
      kernel: 'merge',
      tasks: count * height,
      args: [group, height, width, steps, first, end, page],
    };
  });
}

export function layerJob(
  machine: Machine,
  { blocks, rowTasks }: LayerMemory,
  descriptor: number,
  { count, first, end }: Span,
): Job {
  put(machine.heap, descriptor, { images: count, firstStep: first, endStep: end });
  const kernel = blocks.precision === 'int8' ? 'layer8' : 'layer';
  return { kernel, tasks: blocks.count * count * rowTasks, args: [descriptor] };
}

export function collectJobs(machine: Machine, { queues }: LayerMemory, { count, first, end }: Span): Job[] {
  return queues.map(({ descriptor, mapHeight }) => {
    put(machine.heap, descriptor, { firstStep: first, endStep: end }, QUEUE_FIELDS);
    return { kernel: 'collect', tasks: count * mapHeight, args: [descriptor] };
  });
}
