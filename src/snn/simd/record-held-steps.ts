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
  const padded = heap.f32(
    pointer + i * positions * steps * blocks.padded * 4,
    positions * steps * blocks.padded,
  );
  let [from, to] = [t * blocks.padded, 0];
  for (let position = 0; position < positions; position++, from += steps * blocks.padded)
    for (let c = 0; c < channels; c++) values[to++] = padded[from + c]!;
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
  const width = blocks.words * planes.length;
  const words = heap.i32(masks + i * positions * steps * width * 4, positions * steps * width);
  const fours = channels % 4 === 0 ? new Int32Array(s.buffer, s.byteOffset, s.length / 4) : null;
  s.fill(0);
  planes.forEach((plane, k) => {
    let to = 0;
    for (let position = 0; position < positions; position++) {
      let at = (position * steps + t) * width + k;
      for (let first = 0; first < channels; first += 32, at += planes.length) {
        const end = to + Math.min(32, channels - first);
        let bits = words[at]!;
        if (fours === null) for (; to < end; to++, bits >>>= 1) s[to]! += (bits & 1) * Math.sign(plane);
        else if (plane > 0) for (; to < end; to += 4, bits >>>= 4) fours[to >> 2]! += ONES[bits & 15]!;
        else for (; to < end; to += 4, bits >>>= 4) fours[to >> 2]! |= 255 * ONES[bits & 15]!;
      }
    }
  });
}

/** Four bits as four bytes of 0 or 1, the lowest first. Bytes of 255 are -1, of neurons that are in no other plane. */
const ONES = Int32Array.from(
  { length: 16 },
  (_, bits) => (bits & 1) | ((bits & 2) << 7) | ((bits & 4) << 14) | ((bits & 8) << 21),
);
