/** @file The class that logits name. */

/**
 * The index, counted from `start`, of the largest of `count` values; the first one where several are largest.
 * @example
 * argmax([1, 3, 3]); // 1
 * argmax([9, 0, 1, 5], 1, 3); // 2
 */
export function argmax(
  values: ArrayLike<number>,
  start: number = 0,
  count: number = values.length - start,
): number {
  let best = 0;
  for (let c = 1; c < count; c++) if (values[start + c]! > values[start + best]!) best = c;
  return best;
}
