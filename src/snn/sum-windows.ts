/** @file Average pooling in two parts: the sum over a window is here, the division by pool^2 is in the scaled weights. */
import type { Geometry } from './geometry.ts';

/**
 * Adds every value to the sum of its pool x pool window, rows first, then columns: a fixed order, which float32 sums need.
 * @param values [height, width, channels] of the source before pooling; rows and columns that fill no window are left out
 * @param sums [height / pool, width / pool, channels], rounded down: all 0
 * @returns the sums
 */
export function sumWindows<T extends Float32Array | Float64Array>(
  { pool, map, source }: Geometry,
  values: ArrayLike<number>,
  sums: T,
): T {
  const [height, width, channels] = map;
  for (let y = 0; y < height * pool; y++)
    for (let x = 0; x < width * pool; x++) {
      const to = (Math.floor(y / pool) * width + Math.floor(x / pool)) * channels;
      const at = (y * source[1] + x) * channels;
      for (let c = 0; c < channels; c++) sums[to + c]! += values[at + c]!;
    }
  return sums;
}
