import type { Operation } from '../operation.ts';

/** y = x². */
export const square: Operation = {
  name: 'square',
  formula: (x) => x.mul(x),
  slopes: (_, x) => [x.mul(2)],
};
