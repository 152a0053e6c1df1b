/**
 * @file x kept from passing a limit: one instruction each, where `maximum` and `minimum` take seven for zeros of both signs and NaN.
 */
import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** x, or the limit where x is below it; NaN stays. */
export const atLeast: Operation = instruction(
  'atLeast',
  (x, limit) => (x < limit ? limit : x),
  (x, limit) => f32x4.pmax(x, limit),
  (x, limit) => [x.greaterEqual(limit), x.less(limit)],
);

/** x, or the limit where x is above it; NaN stays. */
export const atMost: Operation = instruction(
  'atMost',
  (x, limit) => (x > limit ? limit : x),
  (x, limit) => f32x4.pmin(x, limit),
  (x, limit) => [x.lessEqual(limit), x.greater(limit)],
);
