/**
 * @file Copies what was asked to be kept from the heap's padded layout into a record.
 */
import type { Heap } from '../../memory/heap.ts';
import type { LayerRecord } from '../simulation.ts';
import type { LayerMemory } from './layer-memory.ts';

/** Steps from..from+now-1 of images first..first+count-1; the heap holds `window` steps of each. */
export interface Kept {
  readonly first: number;
  readonly count: number;
  readonly from: number;
  readonly now: number;
  readonly window: number;
  readonly steps: number;
}

export function keepRecords(heap: Heap, memory: LayerMemory, record: LayerRecord, kept: Kept): void {
  for (let i = 0; i < kept.count; i++)
    for (let t = 0; t < kept.now; t++) {
      keepStep(heap, memory, record, i * kept.window + t, kept.first + i, kept.from + t, kept.steps);
    }
}

function keepStep(
  heap: Heap,
  memory: LayerMemory,
  record: LayerRecord,
  moment: number,
  image: number,
  step: number,
  steps: number,
): void {
  const { positions, blocks, layer } = memory;
  const channels = layer.shape[2];
  const neurons = positions * channels;
  const at = (image * steps + step) * neurons;
  const counted = step < steps;
  for (const [from, to] of [
    [memory.currents, record.currents],
    [memory.membranes, record.membrane],
  ] as const) {
    if (!to || !counted) continue;
    const length = positions * blocks.padded;
    const padded = heap.f32(from + moment * length * 4, length);
    for (let n = 0; n < neurons; n++)
      to[at + n] = padded[Math.floor(n / channels) * blocks.padded + (n % channels)]!;
  }
  if (!memory.masks || !(record.spikes || record.counts)) return;
  const words = heap.i32(memory.masks + moment * positions * blocks.words * 8, positions * blocks.words * 2);
  for (let n = 0; n < neurons; n++) {
    const c = n % channels;
    const pair = (Math.floor(n / channels) * blocks.words + (c >> 5)) * 2;
    const s = ((words[pair]! >>> (c & 31)) & 1) - ((words[pair + 1]! >>> (c & 31)) & 1);
    if (record.spikes && counted) record.spikes[at + n] = s;
    if (record.counts) record.counts[image * neurons + n]! += s;
  }
}
