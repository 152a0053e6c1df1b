import { f32x4 } from '../../assembler/assembler.ts';
import type { Operation } from '../operation.ts';

/** y = the square root of x. */
export const sqrt: Operation = {
  name: 'sqrt',
  instruction: { plain: Math.sqrt, simd: f32x4.sqrt },
  slopes: (y) => [y.reciprocal().mul(0.5)],
};
