import type { Operation } from '../operation.ts';
import { atLeast } from './limit.ts';

/** max(x, 0); the slope at 0 is 0. */
export const relu: Operation = {
  name: 'relu',
  formula: (x) => x.apply(atLeast, 0),
  slopes: (_, x) => [x.greater(0)],
};
