import type { Operation } from '../operation.ts';
import { shortExp } from './exp.ts';
import { atLeast, atMost } from './limit.ts';

/** y = 1 / (1 + exp(-x)), never below 2^-125. */
export const sigmoid: Operation = {
  name: 'sigmoid',
  formula: (x) => x.apply(atLeast, -87).apply(atMost, 87).neg().apply(shortExp).add(1).reciprocal(),
  slopes: (y) => [y.sub(y.square())],
};
