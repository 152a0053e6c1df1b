/** @file What the laws need of lists of numbers: a constant current, a sum, and the clip to [-limit, limit]. */

export const constant = (x: number, steps: number): number[] => new Array<number>(steps).fill(x);
export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
export const clip = (x: number, limit: number): number => Math.max(-limit, Math.min(limit, x));
