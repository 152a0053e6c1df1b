/**
 * @file Streaming on several lanes: a layer's job of step t depends on the same layer's job of step t - 1 and on the earlier
 * layers' jobs of step t, nothing else. So everything on a diagonal runs at once: layer l at step t beside layer l - 1 at step t + 1,
 * with one barrier for each diagonal instead of three for each layer and step. Spikes are the same: no sum changes its order.
 */

import { collectJobs, layerJob, mergeJobs, poolJobs, type Span } from './layer-jobs.ts';
import type { LayerMemory } from './layer-memory.ts';
import type { Machine } from './machine.ts';
import { type Job, runJobs } from './run-jobs.ts';

/** A layer's jobs of one step lie on neighbouring diagonals: merge, gather, collect; and pool between the last two, where layers are max-pooled. */
const STAGES = 3;
/** Row lists are kept for two steps: while those of one are read, those of the next are made. */
export const WAVE_PAGES = 2;

/**
 * Runs steps 0..steps-1 of those that the heap holds. The depth of a layer is that of the longest path from the image, so that
 * all its sources have done their part.
 */
export function advanceInWaves(
  machine: Machine,
  layers: readonly LayerMemory[],
  count: number,
  steps: number,
): void {
  machine.profile?.enter('inference', '');
  const pools = layers.some(({ maxPools }) => maxPools.length > 0) ? 1 : 0;
  const each = STAGES + pools;
  const stages = each * (1 + Math.max(...layers.map(({ depth }) => depth)));
  for (let wave = 0; wave < stages + steps - 1; wave++) {
    const jobs = (stage: number, of: (memory: LayerMemory, span: Span) => readonly Job[]): Job[] =>
      layers.flatMap((memory) => {
        const t = wave - each * memory.depth - stage;
        return t >= 0 && t < steps ? of(memory, { count, first: t, end: t + 1 }) : [];
      });
    runJobs(machine, [
      ...jobs(1, (memory, span) => [layerJob(machine, memory, memory.descriptor, span)]),
      ...jobs(0, mergeJobs),
      ...jobs(2 + pools, (memory, span) => collectJobs(machine, memory, span)),
      ...(pools ? jobs(2, (memory, span) => poolJobs(machine, memory, span)) : []),
    ]);
  }
}
