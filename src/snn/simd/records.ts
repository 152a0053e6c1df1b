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
  const { spikes, membrane, currents, counts } = record;
  if (!spikes && !membrane && !currents && !counts) return;
  for (let i = 0; i < kept.count; i++)
    for (let t = 0; t < kept.now; t++) {
      keepStep(heap, memory, record, kept, i, t);
    }
}

function keepStep(
  heap: Heap,
  memory: LayerMemory,
  record: LayerRecord,
  kept: Kept,
  i: number,
  t: number,
): void {
  const { positions, blocks, layer, levels } = memory;
  const planes = levels.length;
  const channels = layer.shape[2];
  const neurons = positions * channels;
  const image = kept.first + i;
  const step = kept.from + t;
  const to = (image * kept.steps + step) * neurons;
  for (let position = 0; position < positions; position++) {
    const slot = (i * positions + position) * kept.window + t;
    const at = to + position * channels;
    if (step < kept.steps) {
      const copy = (from: number, values: Float32Array | undefined): void =>
        values?.set(heap.f32(from + slot * blocks.padded * 4, channels), at);
      copy(memory.currents, record.currents);
      copy(memory.membranes, record.membrane);
    }
    if (!memory.masks || !(record.spikes || record.counts)) continue;
    const words = heap.i32(memory.masks + slot * blocks.words * planes * 4, blocks.words * planes);
    for (let c = 0; c < channels; c++) {
      let s = 0;
      for (let k = 0; k < planes; k++)
        s += ((words[(c >> 5) * planes + k]! >>> (c & 31)) & 1) * Math.sign(levels[k]!);
      if (record.spikes && step < kept.steps) record.spikes[at + c] = s;
      if (record.counts) record.counts[image * neurons + position * channels + c]! += s;
    }
  }
}
