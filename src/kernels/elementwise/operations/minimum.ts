import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** The smaller of a and b, NaN if one is; where they are equal, each has half of the slope. */
export const minimum: Operation = instruction('minimum', Math.min, f32x4.min, (a, b) => {
  const half = a.equal(b).mul(0.5);
  return [a.less(b).add(half), b.less(a).add(half)];
});
