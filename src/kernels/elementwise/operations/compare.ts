import { f32x4 } from '../../assembler/assembler.ts';
import { comparison, type Operation } from '../operation.ts';

/** 1 where a < b, else 0. */
export const less: Operation = comparison('less', (a, b) => a < b, f32x4.lt);

/** 1 where a <= b, else 0. */
export const lessEqual: Operation = comparison('lessEqual', (a, b) => a <= b, f32x4.le);

/** 1 where a > b, else 0. */
export const greater: Operation = comparison('greater', (a, b) => a > b, f32x4.gt);

/** 1 where a >= b, else 0. */
export const greaterEqual: Operation = comparison('greaterEqual', (a, b) => a >= b, f32x4.ge);

/** 1 where a = b, else 0. */
export const equal: Operation = comparison('equal', (a, b) => a === b, f32x4.eq);
