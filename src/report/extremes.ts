/**
 * @file The largest and the smallest of any number of values: Math.max(...values) ends in an overflow of the stack where there are
 * some hundred thousand.
 */

/** @param least what there is at least, and the answer for no values */
export const largest = (values: Iterable<number>, least: number = Number.NEGATIVE_INFINITY): number => {
  let found = least;
  for (const value of values) found = Math.max(found, value);
  return found;
};

/** @param most what there is at most, and the answer for no values */
export const smallest = (values: Iterable<number>, most: number = Number.POSITIVE_INFINITY): number => {
  let found = most;
  for (const value of values) found = Math.min(found, value);
  return found;
};
