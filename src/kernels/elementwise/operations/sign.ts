import type { Operation } from '../operation.ts';

/** 1, -1 or, at 0, 0; its slope is 0. */
export const sign: Operation = {
  name: 'sign',
  formula: (x) => x.greater(0).where(1, x.less(0).where(-1, x)),
  slopes: () => [0],
};
