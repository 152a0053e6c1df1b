import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** y = a - b. */
export const sub: Operation = instruction(
  'sub',
  (a, b) => a - b,
  f32x4.sub,
  () => [1, -1],
);
