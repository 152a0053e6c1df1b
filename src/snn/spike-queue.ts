/**
 * @file The spikes of one layer in one step, seen through one pool: per pooled position the channels that fired +1,
 * then those that fired -1. Every position has a slot for the most it can hold, so that filling it asks for no memory
 * and positions can be filled at once.
 */
import type { Geometry } from './geometry.ts';

export interface SpikeQueue {
  /** Entries a position's slot can hold: channels * pool * pool. */
  readonly capacity: number;
  /** [positions, 2]: how many +1, how many -1. */
  readonly counts: Int32Array<ArrayBufferLike>;
  /** [positions, capacity]: channels. */
  readonly channels: Uint16Array<ArrayBufferLike>;
}

export function createQueue(geometry: Geometry): SpikeQueue {
  const positions = geometry.map[0] * geometry.map[1];
  const capacity = geometry.map[2] * geometry.pool ** 2;
  return { capacity, counts: new Int32Array(positions * 2), channels: new Uint16Array(positions * capacity) };
}

/** s: [height, width, channels] of the source, before pooling. */
export function fillQueue(queue: SpikeQueue, geometry: Geometry, s: Int8Array): void {
  const { pool, map, source } = geometry;
  for (let y = 0; y < map[0]; y++)
    for (let x = 0; x < map[1]; x++) {
      const position = y * map[1] + x;
      let end = position * queue.capacity;
      for (let half = 0; half < 2; half++) {
        const start = end;
        for (let dy = 0; dy < pool; dy++)
          for (let dx = 0; dx < pool; dx++) {
            const at = ((y * pool + dy) * source[1] + x * pool + dx) * source[2];
            for (let c = 0; c < source[2]; c++) if (s[at + c] === 1 - 2 * half) queue.channels[end++] = c;
          }
        queue.counts[position * 2 + half] = end - start;
      }
    }
}
