/**
 * @file A layer's jobs, each of which needs the one before: merge the spikes that come in to lists of weight rows, gather these
 * into currents and membranes, pool the spikes that go out where they are max-pooled, collect them.
 */

import type { LayerMemory } from './layer-memory.ts';
import { type Machine, put, putFields } from './machine.ts';
import { MAX_POOL_FIELDS, QUEUE_FIELDS } from './program/contract.ts';
import { type Job, job } from './run-jobs.ts';

/** Steps first..end-1 of those that are held, of images 0..count-1. */
export interface Span {
  readonly count: number;
  readonly first: number;
  readonly end: number;
}

export function mergeJobs({ layer, merges, steps }: LayerMemory, { count, first, end }: Span): Job[] {
  const [height, width] = layer.shape;
  return merges.map(({ group, rowBytes, pages }) => {
    const page = (first % pages) * (rowBytes / pages);
    return job('merge', count * height, {
      group,
      height,
      width,
      steps,
      firstStep: first,
      endStep: end,
      page,
    });
  });
}

export function layerJob(
  { heap }: Machine,
  { blocks, rowTasks }: LayerMemory,
  descriptor: number,
  { count, first, end }: Span,
): Job {
  put(heap, descriptor, { images: count, firstStep: first, endStep: end });
  const kernel = blocks.precision === 'int8' ? 'layer8' : 'layer';
  return job(kernel, blocks.count * count * rowTasks, { layer: descriptor });
}

/** What the windows of max pools hand on of the spikes. */
export function poolJobs({ heap }: Machine, { maxPools, blocks }: LayerMemory, span: Span): Job[] {
  const { count, first, end } = span;
  return maxPools.map(({ descriptor }) => {
    putFields(heap, descriptor, MAX_POOL_FIELDS, { firstStep: first, endStep: end });
    return job('maxPool', count * blocks.words, { pool: descriptor });
  });
}

export function collectJobs({ heap }: Machine, { queues }: LayerMemory, span: Span): Job[] {
  const { count, first, end } = span;
  return queues.map(({ descriptor, mapHeight }) => {
    putFields(heap, descriptor, QUEUE_FIELDS, { firstStep: first, endStep: end });
    return job('collect', count * mapHeight, { queue: descriptor });
  });
}
