/**
 * @file From a typed array to its address in the heap.
 */
import type { Heap } from '../memory/heap.ts';
import type { Floats } from './kernels.ts';

/**
 * The address of a float32 array on the heap; 0 for null.
 * @throws TypeError for float64 or an array elsewhere: those are for the reference kernels.
 */
export function pointer(heap: Heap, array: Floats | null): number {
  if (array === null) return 0;
  if (array instanceof Float32Array && heap.owns(array)) return array.byteOffset;
  const found = array instanceof Float32Array ? 'a float32 array elsewhere' : 'float64';
  throw new TypeError(
    `simd kernels: expected float32 on the heap, found ${found}; use the reference kernels`,
  );
}

/** The addresses of several arrays, in their order. */
export function pointers<const Arrays extends readonly (Floats | null)[]>(
  heap: Heap,
  ...arrays: Arrays
): { [I in keyof Arrays]: number } {
  return arrays.map((array) => pointer(heap, array)) as { [I in keyof Arrays]: number };
}
