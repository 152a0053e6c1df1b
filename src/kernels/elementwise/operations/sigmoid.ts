import type { Operation } from '../operation.ts';

/** y = 1 / (1 + exp(-x)). */
export const sigmoid: Operation = {
  name: 'sigmoid',
  formula: (x) => x.neg().exp().add(1).reciprocal(),
  slopes: (y) => [y.sub(y.square())],
};
