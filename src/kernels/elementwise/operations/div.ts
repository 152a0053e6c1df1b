import { f32x4 } from '../../assembler/assembler.ts';
import type { Operation } from '../operation.ts';

/** y = a / b. */
export const div: Operation = {
  name: 'div',
  instruction: { plain: (a, b) => a / b, simd: f32x4.div },
  slopes: (y, _, b) => [b.reciprocal(), y.div(b).neg()],
};
