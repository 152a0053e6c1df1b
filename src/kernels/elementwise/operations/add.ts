import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** y = a + b. */
export const add: Operation = instruction(
  'add',
  (a, b) => a + b,
  f32x4.add,
  () => [1, 1],
);
