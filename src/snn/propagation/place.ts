/** @file Where synapses lie in the heap for the kernel of kernel.ts: weights by blocks of channels, and the taps of every position. */
import type { Arena } from '../../memory/arena.ts';
import { mapSize } from '../../nn/architecture.ts';
import { eachTap, type ScaledSynapses } from '../geometry.ts';
import { BLOCK, bytesOf, IMAGES, ROW_BYTES, TAP_BYTES } from './kernel.ts';

export interface Placed {
  /** Values of the map after pooling, and input channels. */
  readonly size: number;
  readonly inputs: number;
  readonly positions: number;
  readonly channels: number;
  /** Channels in whole blocks. */
  readonly padded: number;
  /** Of one block of weights. */
  readonly blockBytes: number;
  /** Addresses. */
  readonly values: number;
  readonly weights: number;
  readonly taps: number;
  readonly starts: number;
  readonly into: number;
}

/** Allocates first, and writes when the heap grows no more. */
export function place(synapses: ScaledSynapses, arena: Arena): Placed {
  const { heap } = arena;
  const { map, out, weight, from } = synapses;
  const bytes = bytesOf(from < 0 ? 'pixels' : 'weights');
  const [positions, channels, size] = [out[0] * out[1], out[2], mapSize(map)];
  const padded = Math.ceil(channels / BLOCK) * BLOCK;
  const rows = weight.length / channels;
  const visits = visitsOf(synapses);
  const taps = visits.reduce((sum, own) => sum + own.length, 0);
  const placed = {
    size,
    inputs: map[2],
    positions,
    channels,
    padded,
    blockBytes: rows * ROW_BYTES,
    values: arena.allocate(bytes * IMAGES * size),
    weights: arena.allocate(4 * rows * padded),
    taps: arena.allocate(TAP_BYTES * taps),
    starts: arena.allocate(4 * (positions + 1)),
    into: arena.allocate(bytes * IMAGES * positions * padded),
  };
  const weights = heap.f32(placed.weights, rows * padded).fill(0);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < channels; c++)
      weights[(Math.floor(c / BLOCK) * rows + row) * BLOCK + (c % BLOCK)] = weight[row * channels + c]!;
  heap.u8(placed.values, bytes * IMAGES * size).fill(0);
  heap.u8(placed.into, bytes * IMAGES * positions * padded).fill(0);
  const [tap, starts] = [heap.i32(placed.taps, 2 * taps), heap.i32(placed.starts, positions + 1)];
  let next = 0;
  visits.forEach((own, p) => {
    starts[p] = placed.taps + TAP_BYTES * next;
    for (const [position, row] of own) {
      tap[2 * next] = placed.values + bytes * IMAGES * position * map[2];
      tap[2 * next++ + 1] = ROW_BYTES * row;
    }
  });
  starts[positions] = placed.taps + TAP_BYTES * next;
  return placed;
}

/** The taps of every output position: a position of the map, and a row of weights. */
function visitsOf(synapses: ScaledSynapses): (readonly [position: number, row: number])[][] {
  const { out } = synapses;
  const visits: (readonly [number, number])[][] = [];
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      const taps: (readonly [number, number])[] = [];
      eachTap(synapses, y, x, (position, row) => taps.push([position, row / out[2]]));
      visits.push(taps);
    }
  return visits;
}
