/**
 * @file What is read off the heap after some steps: the readout's currents, spikes, accumulates and overloads.
 */
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import type { Tally } from '../tally.ts';
import type { LayerMemory } from './layer-memory.ts';
import type { Kept } from './records.ts';

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

/** Counts layer l's spikes, with their exact fan-out; returns their number. Steps from T on only settle the answer. */
export function takeCensus(
  heap: Heap,
  team: Team,
  program: Program,
  memory: LayerMemory,
  l: number,
  kept: Kept,
  tally: Tally,
): number {
  const { blocks, positions, masks, fanOuts, totals } = memory;
  const { first, count, from, now, window, steps } = kept;
  team.run(program, 'census', count, [masks, positions, blocks.words, window, now, fanOuts, totals]);
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
