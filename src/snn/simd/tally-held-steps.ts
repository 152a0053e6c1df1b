/**
 * @file Tells the tally what happened in the steps that the heap holds: the readout's currents, spikes, accumulates, overloads
 * and records.
 */
import type { Heap } from '../../memory/heap.ts';
import type { Tally } from '../tally.ts';
import type { HeldSteps, LayerMemory } from './layer-memory.ts';
import type { Machine } from './machine.ts';
import type { MaxPoolMemory } from './max-pool-memory.ts';
import { recordHeldSteps } from './record-held-steps.ts';
import { job, runJobs } from './run-jobs.ts';

/** Tallies all layers; returns the number of spikes. */
export function tallyHeldSteps(
  machine: Machine,
  layers: readonly LayerMemory[],
  held: HeldSteps,
  tally: Tally,
): number {
  machine.profile?.enter('other', '');
  countSpikes(machine, layers, held);
  return layers.reduce((spikes, memory, l) => {
    if (!memory.masks) {
      tallyReadout(machine.heap, memory, held, tally);
      return spikes;
    }
    recordHeldSteps(machine.heap, memory, l, held, tally);
    return spikes + tallySpikes(machine.heap, memory, l, held, tally);
  }, 0);
}

/** Tallies the currents of the readout, which has one position. */
function tallyReadout(heap: Heap, memory: LayerMemory, held: HeldSteps, tally: Tally): void {
  const { padded, precision } = memory.blocks;
  const classes = memory.layer.shape[2];
  for (let i = 0; i < held.count; i++)
    for (let t = 0; t < held.now; t++) {
      const at = memory.currents + (i * memory.steps + t) * padded * 4;
      const row = precision === 'int8' ? heap.i32(at, padded) : heap.f32(at, padded);
      tally.addReadout(held.first + i, held.from + t, row.subarray(0, classes));
    }
}

/** Adds up, on the heap, the spikes of all layers and their accumulates, by image and step. */
function countSpikes(machine: Machine, layers: readonly LayerMemory[], { count, now }: HeldSteps): void {
  const spiking = layers.filter(({ masks }) => masks);
  const jobs = spiking.map(({ blocks, planes, positions, masks, steps, fanOuts, totals }) => {
    const words = blocks.words * planes.length;
    return job('census', count, { masks, positions, words, steps, stepsNow: now, fanOuts, totals });
  });
  for (const { blocks, planes, steps, maxPools } of spiking)
    for (const { pool, masks, fanOuts, totals } of maxPools) {
      const [positions, words] = [pool.sent[0] * pool.sent[1], blocks.words * planes.length];
      jobs.push(job('census', count, { masks, positions, words, steps, stepsNow: now, fanOuts, totals }));
    }
  runJobs(machine, jobs);
}

/** Tallies the accumulates that the spikes of a max pool's windows cause. */
function tallyPool(
  heap: Heap,
  { totals }: MaxPoolMemory,
  l: number,
  { count, from, now }: HeldSteps,
  window: number,
  tally: Tally,
): void {
  const sums = heap.f64(totals, count * window * 2);
  for (let i = 0; i < count; i++)
    for (let t = 0; t < now; t++) tally.addSpikes(l, from + t, 0, sums[(i * window + t) * 2 + 1]!);
}

/** Tallies the spikes and overloads of layer l; returns the number of its spikes. */
function tallySpikes(heap: Heap, memory: LayerMemory, l: number, held: HeldSteps, tally: Tally): number {
  const { blocks, totals, steps: window } = memory;
  const { first, count, from, now } = held;
  const sums = heap.f64(totals, count * window * 2);
  let all = 0;
  for (let i = 0; i < count; i++)
    for (let t = 0; t < now; t++) {
      const at = (i * window + t) * 2;
      const [spikes, accumulates] = [sums[at]!, sums[at + 1]!];
      tally.addSpikes(l, from + t, spikes, accumulates);
      all += spikes;
      if (from >= tally.steps && spikes > 0) tally.settle(first + i, from + t + 1);
    }
  for (const pool of memory.maxPools) tallyPool(heap, pool, l, held, window, tally);
  const overloads = heap.i32(memory.overloads, blocks.count * count * memory.rowTasks);
  if (from < tally.steps)
    tally.addOverloads(l, overloads.reduce((sum, overload) => sum + overload, 0) * memory.stepsOfOverload);
  overloads.fill(0);
  return all;
}
