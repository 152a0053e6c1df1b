import { v128 } from '../../assembler/assembler.ts';
import type { Operation } from '../operation.ts';

/** `yes` where the condition is not 0, else `no`. */
export const where: Operation = {
  name: 'where',
  instruction: {
    plain: (condition, yes, no) => (condition !== 0 ? yes : no),
    simd: (mask, yes, no) => v128.bitselect(yes, no, mask),
    condition: true,
  },
  slopes: (_, condition) => [0, condition.where(1, 0), condition.where(0, 1)],
};
