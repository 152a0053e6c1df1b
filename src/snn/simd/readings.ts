/**
 * @file What is read off the heap after some steps: the readout's currents, spikes, accumulates and overloads.
 */
import type { Heap } from '../../memory/heap.ts';
import type { Tally } from '../tally.ts';
import type { LayerMemory } from './layer-memory.ts';
import type { Machine } from './machine.ts';
import type { Kept } from './records.ts';
import { runJobs } from './run-jobs.ts';

/** Currents of the readout, one position. */
export function readOut(heap: Heap, memory: LayerMemory, classes: number, kept: Kept, tally: Tally): void {
  const { padded, precision } = memory.blocks;
  for (let i = 0; i < kept.count; i++)
    for (let t = 0; t < kept.now; t++) {
      const at = memory.currents + (i * kept.window + t) * padded * 4;
      const row = precision === 'int8' ? heap.i32(at, padded) : heap.f32(at, padded);
      tally.readout(kept.first + i, kept.from + t, row.subarray(0, classes));
    }
}

/** Counts the spikes of all layers, with their exact fan-out. */
export function runCensus(
  machine: Machine,
  layers: readonly LayerMemory[],
  { count, window, now }: Kept,
): void {
  const spiking = layers.filter(({ masks }) => masks);
  const jobs = spiking.map(({ blocks, levels, positions, masks, fanOuts, totals }) => {
    const args = [masks, positions, blocks.words * levels.length, window, now, fanOuts, totals];
    return { kernel: 'census' as const, tasks: count, args };
  });
  runJobs(machine, jobs);
}

/** Hands layer l's counts to the tally; returns the number of spikes. Steps from T on only settle the answer. */
export function readCensus(heap: Heap, memory: LayerMemory, l: number, kept: Kept, tally: Tally): number {
  const { blocks, totals } = memory;
  const { first, count, from, now, window, steps } = kept;
  const sums = heap.f64(totals, count * window * 2);
  let spikes = 0;
  for (let i = 0; i < count; i++)
    for (let t = 0; t < now; t++) {
      const at = (i * window + t) * 2;
      const step = Math.min(from + t, steps - 1);
      tally.spikes[l]![step]! += sums[at]!;
      tally.accumulates[l]![step]! += sums[at + 1]!;
      spikes += sums[at]!;
      if (from >= steps && sums[at]! > 0) tally.settle(first + i, from + t + 1);
    }
  const overloads = heap.i32(memory.overloads, blocks.count * count * memory.rowTasks);
  if (from < steps) for (const overload of overloads) tally.overloads[l]! += overload;
  overloads.fill(0);
  return spikes;
}
