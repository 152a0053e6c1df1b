/** @file Shapes, numbers and thresholds for the tests of the kernels that are bound by memory. */
import fc from 'fast-check';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import type { Clip, RowsShape } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';

export const heap: Heap = new Heap({ initialBytes: 32 * 2 ** 20 });
export const arena: Arena = new Arena(heap);
export const local: LocalTeam = new LocalTeam(heap);

/** With and without fused multiply-add, where the runtime has it. */
export const FUSED: readonly boolean[] = hasRelaxedSimd ? [true, false] : [false];

/** Channel counts of every remainder by 4, shorter and longer than a period; now and then several chunks of rows. */
export const shapes: fc.Arbitrary<RowsShape> = fc.oneof(
  {
    arbitrary: fc.record({
      rows: fc.integer({ min: 1, max: 40 }),
      channels: fc.oneof(fc.integer({ min: 1, max: 35 }), fc.constantFrom(64, 66, 128)),
    }),
    weight: 6,
  },
  {
    arbitrary: fc.record({
      rows: fc.integer({ min: 1500, max: 3000 }),
      channels: fc.constantFrom(3, 10, 16, 30, 64),
    }),
    weight: 1,
  },
);

/** Every kind of activation, with and without a grid. */
export const clips: fc.Arbitrary<Clip> = fc.record({
  lower: fc.constantFrom<-1 | 0>(-1, 0),
  leak: fc.constantFrom(1, 0.25),
  levels: fc.constantFrom(0, 0, 4, 6),
  rounding: fc.constantFrom<'truncate' | 'round'>('truncate', 'round'),
});

type Array32 = Float32Array<ArrayBufferLike>;

/** Rounds to multiples of 1/16 in (-4, 4): sums, products and quotients by powers of two are then exact. */
export function dyadic(values: Array32): Array32 {
  for (let i = 0; i < values.length; i++) values[i] = Math.round(values[i]! * 64) / 16;
  return values;
}

/** Thresholds from values: powers of two (their grid is exact), or Infinity without a grid. */
export function thresholds(values: Array32, clip: Clip | null): Array32 {
  for (let i = 0; i < values.length; i++) {
    const infinite = clip !== null && clip.levels === 0 && values[i]! > 0.7;
    values[i] = infinite ? Number.POSITIVE_INFINITY : 2 ** Math.round(values[i]! * 2);
  }
  return values;
}
