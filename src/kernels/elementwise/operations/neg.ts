import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** y = -x. */
export const neg: Operation = instruction(
  'neg',
  (x) => -x,
  f32x4.neg,
  () => [-1],
);
