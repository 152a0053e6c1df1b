/** @file What the tests of the SIMD kernels share: numbers on the heap from a seed, and what "equal" means. */
import assert from 'node:assert/strict';
import type { Heap } from '../../src/memory/heap.ts';

/** `length` float32 in (-1, 1) on the heap, from a seed. */
export function random(heap: Heap, length: number, seed: number): Float32Array<ArrayBufferLike> {
  const values = heap.f32(heap.allocate(4 * Math.max(length, 1)), length);
  let state = (seed * 2654435761 + 12345) >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = state / 2 ** 31 - 1;
  }
  return values;
}

/** Runs a body and gives back all that it allocated through `random` or `allocate`. */
export function onHeap(
  heap: Heap,
  body: (allocate: (length: number, seed?: number) => Float32Array<ArrayBufferLike>) => void,
): void {
  const taken: Float32Array<ArrayBufferLike>[] = [];
  try {
    body((length, seed) => {
      const array =
        seed === undefined
          ? heap.f32(heap.allocate(4 * Math.max(length, 1)), length).fill(NaN)
          : random(heap, length, seed);
      taken.push(array);
      return array;
    });
  } finally {
    for (const array of taken) heap.free(array.byteOffset);
  }
}

/**
 * |found - expected| <= tolerance everywhere. The tolerance of a sum of n products of numbers in (-1, 1) taken in any
 * order is n * 2^-23: every partial sum is rounded once (half an ulp of at most n * 2^-24 each), on both sides.
 */
export function allClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < found.length; i++) {
    if (!(Math.abs(found[i]! - expected[i]!) <= tolerance)) {
      assert.fail(`element ${i}: found ${found[i]}, expected ${expected[i]}, tolerance ${tolerance}`);
    }
  }
}
