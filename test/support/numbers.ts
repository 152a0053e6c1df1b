/** @file The few sums on lists of numbers that the laws are written in. */

export const constant = (x: number, steps: number): number[] => new Array<number>(steps).fill(x);
export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
export const clip = (x: number, limit: number): number => Math.max(-limit, Math.min(limit, x));
