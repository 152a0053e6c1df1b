/**
 * @file The spikes of one layer in one step, seen through one pool: for each pooled position the channels that fired, plane by
 * plane (planes.ts). Every position has room for the most it can hold, so that filling the queue allocates nothing.
 */
import type { Geometry } from './geometry.ts';
import { inPlane } from './planes.ts';
import { eachInWindow } from './windows.ts';

/** The spikes of one step by position. */
export interface SpikeQueue {
  readonly planes: readonly number[];
  /** How many spikes a position has room for: all that the neurons of its window can send. */
  readonly capacity: number;
  /** `[positions, planes]`: how many neurons of the position are in the plane. */
  readonly counts: Int32Array<ArrayBufferLike>;
  /** `[positions, capacity]`: their channels, plane after plane. */
  readonly channels: Uint16Array<ArrayBufferLike>;
}

/** An empty queue for these synapses; `planes` are those of the source's neurons. */
export function createQueue(geometry: Geometry, planes: readonly number[]): SpikeQueue {
  const positions = geometry.map[0] * geometry.map[1];
  const capacity = geometry.map[2] * geometry.poolSize * Math.max(...planes);
  return {
    planes,
    capacity,
    counts: new Int32Array(positions * planes.length),
    channels: new Uint16Array(positions * capacity),
  };
}

/** Fills the queue anew; s: [height, width, channels] of what is sent, before averaging. */
export function fillQueue(queue: SpikeQueue, geometry: Geometry, s: Int8Array): void {
  const { pool, map, sent } = geometry;
  const { planes, counts, channels } = queue;
  for (let y = 0; y < map[0]; y++)
    for (let x = 0; x < map[1]; x++) {
      const position = y * map[1] + x;
      let end = position * queue.capacity;
      planes.forEach((plane, k) => {
        const start = end;
        eachInWindow(pool, sent, y, x, (place) => {
          const at = place * sent[2];
          for (let c = 0; c < sent[2]; c++) if (inPlane(s[at + c]!, plane)) channels[end++] = c;
        });
        counts[position * planes.length + k] = end - start;
      });
    }
}
