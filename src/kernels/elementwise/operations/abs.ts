import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** y = |x|; the slope at 0 is 0. */
export const abs: Operation = instruction('abs', Math.abs, f32x4.abs, (x) => [x.sign()]);
