import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** y = a b. */
export const mul: Operation = instruction(
  'mul',
  (a, b) => a * b,
  f32x4.mul,
  (a, b) => [b, a],
);
