import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** The larger of a and b, NaN if one is; where they are equal, each has half of the slope. */
export const maximum: Operation = instruction('maximum', Math.max, f32x4.max, (a, b) => {
  const half = a.equal(b).mul(0.5);
  return [a.greater(b).add(half), b.greater(a).add(half)];
});
