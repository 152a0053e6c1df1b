/**
 * @file Copies what a layer did from the heap's padded layout into the record.
 */
import type { Heap } from '../../memory/heap.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { Tally } from '../tally.ts';
import type { HeldSteps, LayerMemory } from './layer-memory.ts';

export function recordHeldSteps(
  heap: Heap,
  memory: LayerMemory,
  l: number,
  { first, count, from, now }: HeldSteps,
  tally: Tally,
): void {
  const asked = tally.recordsOf(l);
  if (!asked.spikes && !asked.membrane && !asked.currents) return;
  const neurons = mapSize(memory.layer.shape);
  const step = {
    ...(asked.spikes && { spikes: new Int8Array(neurons) }),
    ...(asked.membrane && { membrane: new Float32Array(neurons) }),
    ...(asked.currents && { currents: new Float32Array(neurons) }),
  };
  for (let i = 0; i < count; i++)
    for (let t = 0; t < now; t++) {
      if (step.spikes) unpackSpikes(heap, memory, i, t, step.spikes);
      if (step.membrane) unpack(heap, memory, memory.membranes, i, t, step.membrane);
      if (step.currents) unpack(heap, memory, memory.currents, i, t, step.currents);
      tally.record(l, first + i, from + t, step);
    }
}

/** Fills values, [positions, channels], from the padded numbers at `pointer`. */
function unpack(
  heap: Heap,
  { positions, steps, blocks, layer }: LayerMemory,
  pointer: number,
  i: number,
  t: number,
  values: Float32Array,
): void {
  const channels = layer.shape[2];
  for (let position = 0; position < positions; position++) {
    const index = (i * positions + position) * steps + t;
    values.set(heap.f32(pointer + index * blocks.padded * 4, channels), position * channels);
  }
}

/** Fills s, [positions, channels], from the masks, which have a bit for each neuron and plane. */
function unpackSpikes(
  heap: Heap,
  { positions, steps, blocks, layer, planes, masks }: LayerMemory,
  i: number,
  t: number,
  s: Int8Array,
): void {
  const channels = layer.shape[2];
  for (let position = 0; position < positions; position++) {
    const index = (i * positions + position) * steps + t;
    const words = heap.i32(masks + index * blocks.words * planes.length * 4, blocks.words * planes.length);
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (const [k, value] of planes.entries())
        sum += ((words[(c >> 5) * planes.length + k]! >>> (c & 31)) & 1) * Math.sign(value);
      s[position * channels + c] = sum;
    }
  }
}
