/**
 * @file Copies what a layer did from the heap's padded layout into the record. The numbers of an image are first copied out of the heap as
 * they are, all steps at once.
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
  const { positions, steps, blocks, planes } = memory;
  const size = now * mapSize(memory.layer.shape);
  const spikes = asked.spikes ? new Int8Array(size) : null;
  const membrane = asked.membrane ? new Float32Array(size) : null;
  const currents = asked.currents ? new Float32Array(size) : null;
  const words = new Int32Array(spikes ? positions * steps * blocks.words * planes.length : 0);
  const numbers = new Float32Array(membrane || currents ? positions * steps * blocks.padded : 0);
  const copied = (pointer: number, i: number): Float32Array => {
    numbers.set(heap.f32(pointer + i * numbers.byteLength, numbers.length));
    return numbers;
  };
  for (let i = 0; i < count; i++) {
    if (spikes) {
      words.set(heap.i32(memory.masks + i * words.byteLength, words.length));
      unpackSpikes(memory, words, now, spikes);
    }
    if (membrane) unpack(memory, copied(memory.membranes, i), now, membrane);
    if (currents) unpack(memory, copied(memory.currents, i), now, currents);
    tally.record(l, first + i, from, {
      ...(spikes && { spikes }),
      ...(membrane && { membrane }),
      ...(currents && { currents }),
    });
  }
}

/** Fills values, [now, positions, channels], from numbers, [positions, steps, padded channels]. */
function unpack(
  { positions, steps, blocks, layer }: LayerMemory,
  numbers: Float32Array,
  now: number,
  values: Float32Array,
): void {
  const channels = layer.shape[2];
  const { padded } = blocks;
  let to = 0;
  for (let t = 0; t < now; t++) {
    let at = t * padded;
    for (let position = 0; position < positions; position++) {
      for (let c = 0; c < channels; c++) values[to + c] = numbers[at + c]!;
      to += channels;
      at += steps * padded;
    }
  }
}

/** Fills s, [now, positions, channels], from words, [positions, steps, words, planes], which have a bit for each neuron and plane. */
function unpackSpikes(
  { positions, steps, blocks, layer, planes }: LayerMemory,
  words: Int32Array,
  now: number,
  s: Int8Array,
): void {
  const channels = layer.shape[2];
  const width = blocks.words * planes.length;
  const fours = channels % 4 === 0 ? new Int32Array(s.buffer, s.byteOffset, s.length / 4) : null;
  s.fill(0);
  for (const [k, plane] of planes.entries()) {
    let to = 0;
    for (let t = 0; t < now; t++)
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
  }
}

/** Four bits as four bytes of 0 or 1, the lowest first. Bytes of 255 are -1, of neurons that are in no other plane. */
const ONES = Int32Array.from(
  { length: 16 },
  (_, bits) => (bits & 1) | ((bits & 2) << 7) | ((bits & 4) << 14) | ((bits & 8) << 21),
);
