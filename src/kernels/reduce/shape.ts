/**
 * @file What a reduction is: x [outer, length, inner] becomes y [outer, inner], and how long runs are cut, for any number of threads
 * the same way.
 */

/** `[outer, length, inner]`: the middle axis is reduced. */
export interface ReduceShape {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** What is computed of the reduced values. */
export type Reduction = 'sum' | 'max' | 'min';

/** Values that one task reduces. */
const TASK = 65536;
const LEAST_LENGTH = 16;

/** Of `length`, what is reduced at a time; the parts are put together in their order. */
export function chunkLength({ inner }: ReduceShape): number {
  return Math.max(LEAST_LENGTH, Math.floor(TASK / inner));
}
