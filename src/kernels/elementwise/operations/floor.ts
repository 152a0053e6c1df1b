import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** The largest whole number that is not above x; its slope is 0. */
export const floor: Operation = instruction('floor', Math.floor, f32x4.floor, () => [0]);
