/**
 * @file The spikes of one layer in one step, seen through one pool: per pooled position the channels that fired, plane by
 * plane (planes.ts): +1, then -1. Every position has a slot for the most it can hold, so that filling it asks for no memory
 * and positions can be filled at once.
 */
import type { Geometry } from './geometry.ts';
import { inPlane } from './planes.ts';

export interface SpikeQueue {
  readonly planes: readonly number[];
  /** Entries a position's slot can hold: spikes of channels * pool * pool neurons. */
  readonly capacity: number;
  /** [positions, planes]: how many. */
  readonly counts: Int32Array<ArrayBufferLike>;
  /** [positions, capacity]: channels. */
  readonly channels: Uint16Array<ArrayBufferLike>;
}

export function createQueue(geometry: Geometry, planes: readonly number[]): SpikeQueue {
  const positions = geometry.map[0] * geometry.map[1];
  const capacity = geometry.map[2] * geometry.pool ** 2 * Math.max(...planes);
  return {
    planes,
    capacity,
    counts: new Int32Array(positions * planes.length),
    channels: new Uint16Array(positions * capacity),
  };
}

/** s: [height, width, channels] of the source, before pooling. */
export function fillQueue(queue: SpikeQueue, geometry: Geometry, s: Int8Array): void {
  const { pool, map, source } = geometry;
  const { planes, counts, channels } = queue;
  for (let y = 0; y < map[0]; y++)
    for (let x = 0; x < map[1]; x++) {
      const position = y * map[1] + x;
      let end = position * queue.capacity;
      planes.forEach((plane, k) => {
        const start = end;
        for (let dy = 0; dy < pool; dy++)
          for (let dx = 0; dx < pool; dx++) {
            const at = ((y * pool + dy) * source[1] + x * pool + dx) * source[2];
            for (let c = 0; c < source[2]; c++) if (inPlane(s[at + c]!, plane)) channels[end++] = c;
          }
        counts[position * planes.length + k] = end - start;
      });
    }
}
