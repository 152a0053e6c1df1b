/**
 * @file Copies what was asked to be kept from the heap's padded layout into a record.
 */
import type { Heap } from '../../memory/heap.ts';
import type { LayerRecord } from '../simulation.ts';
import type { LayerMemory } from './layer-memory.ts';

export function keepRecords(
  heap: Heap,
  memory: LayerMemory,
  record: LayerRecord,
  first: number,
  count: number,
  steps: number,
  countsOnly: boolean,
): void {
  const { positions, blocks, layer } = memory;
  const channels = layer.shape[2];
  const neurons = positions * channels;
  for (let moment = 0; moment < count * steps; moment++) {
    const at = (first * steps + moment) * neurons;
    for (const [from, to] of [
      [memory.currents, record.currents],
      [memory.membranes, record.membrane],
    ] as const) {
      if (!to || countsOnly) continue;
      const length = positions * blocks.padded;
      const padded = heap.f32(from + moment * length * 4, length);
      for (let n = 0; n < neurons; n++)
        to[at + n] = padded[Math.floor(n / channels) * blocks.padded + (n % channels)]!;
    }
    if (!memory.masks || !(record.spikes || record.counts)) continue;
    const words = heap.i32(
      memory.masks + moment * positions * blocks.words * 8,
      positions * blocks.words * 2,
    );
    const image = first + Math.floor(moment / steps);
    for (let n = 0; n < neurons; n++) {
      const c = n % channels;
      const pair = (Math.floor(n / channels) * blocks.words + (c >> 5)) * 2;
      const s = ((words[pair]! >>> (c & 31)) & 1) - ((words[pair + 1]! >>> (c & 31)) & 1);
      if (record.spikes && !countsOnly) record.spikes[at + n] = s;
      if (record.counts) record.counts[image * neurons + n]! += s;
    }
  }
}
