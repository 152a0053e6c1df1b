import { f32x4, f32x4Constant } from '../../assembler/assembler.ts';
import type { Operation } from '../operation.ts';

/** y = 1 / x. */
export const reciprocal: Operation = {
  name: 'reciprocal',
  instruction: { plain: (x) => 1 / x, simd: (x) => f32x4.div(f32x4Constant(1), x) },
  slopes: (y) => [y.square().neg()],
};
