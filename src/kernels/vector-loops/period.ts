/**
 * @file Rows of any number of channels as one long run of floats in which the channels come back every `floats` floats.
 * A period holds as many rows as it takes to be a multiple of four and long enough to be worth a loop; what belongs
 * to a channel (a bias, a threshold) is repeated through one period, so that each vector of four finds its own.
 * A chunk is a whole number of periods: one task, the same for any number of workers.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Floats, RowsShape } from '../kernels.ts';
import { pointer } from '../pointer.ts';

/** Floats of a period, at least: enough for its loop to pay. */
const LEAST_FLOATS = 64;
/** Floats of a chunk: 64 KiB, far more work than handing it to another thread. */
const CHUNK_FLOATS = 16384;
/** Periods of a chunk, at least: what belongs to a channel is loaded seldom. */
const LEAST_PERIODS = 16;

export interface Period {
  readonly channels: number;
  /** Rows in a period. */
  readonly repeat: number;
  /** Floats in a period: repeat * channels, a multiple of 4. */
  readonly floats: number;
  /** Floats in all. */
  readonly total: number;
  /** Periods in a chunk; the last chunk may end early, even within a period. */
  readonly chunkPeriods: number;
  readonly chunks: number;
}

function periodWith(channels: number, total: number): Period {
  const step = channels % 4 === 0 ? 1 : channels % 2 === 0 ? 2 : 4;
  const repeat = Math.max(1, Math.ceil(LEAST_FLOATS / (channels * step))) * step;
  const floats = repeat * channels;
  const chunkPeriods = Math.max(LEAST_PERIODS, Math.floor(CHUNK_FLOATS / floats));
  return {
    channels,
    repeat,
    floats,
    total,
    chunkPeriods,
    chunks: Math.ceil(total / (chunkPeriods * floats)),
  };
}

export function periodOf({ rows, channels }: RowsShape): Period {
  return periodWith(channels, rows * channels);
}

/** A plain run of floats that knows no channels. */
export function flatPeriod(total: number): Period {
  return periodWith(LEAST_FLOATS, total);
}

/** The first arguments of every entry that works chunk by chunk (CHUNK in periodic-loop.ts). */
export function chunkSizes(period: Period): [total: number, chunk: number, period: number] {
  return [4 * period.total, 4 * period.chunkPeriods * period.floats, 4 * period.floats];
}

/** Writes values of length 1 or channels through one period. */
export function tileInto(to: Float32Array<ArrayBufferLike>, values: Floats, period: Period): void {
  if (values.length === 1) to.fill(values[0]!);
  else for (let r = 0; r < period.repeat; r++) to.set(values, r * period.channels);
}

/** The address of values of length 1 or channels, one per float of a period. */
export function tiled(arena: Arena, values: Floats, period: Period): number {
  const from = pointer(arena.heap, values);
  if (values.length === period.floats) return from;
  const at = arena.allocate(4 * period.floats);
  tileInto(arena.heap.f32(at, period.floats), values, period);
  return at;
}
