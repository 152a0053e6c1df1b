/**
 * @file The parts of a float32: what exponentials and logarithms are made of. They are used in float32 only.
 */
import { f32x4, i32x4, i32x4Constant, v128 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** 2^n for a whole n from -126 to 127. */
export const powerOfTwo: Operation = instruction(
  'powerOfTwo',
  (n) => {
    bits[0] = (n + 127) << 23;
    return float[0]!;
  },
  (n) => i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4Constant(127)), 23),
);

/** e of a positive, normal x = 2^e m with 1 <= m < 2. */
export const exponent: Operation = instruction(
  'exponent',
  (x) => {
    float[0] = x;
    return (bits[0]! >> 23) - 127;
  },
  (x) => f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(x, 23), i32x4Constant(127))),
);

/** m of a positive, normal x = 2^e m with 1 <= m < 2. */
export const mantissa: Operation = instruction(
  'mantissa',
  (x) => {
    float[0] = x;
    bits[0] = (bits[0]! & 0x7fffff) | 0x3f800000;
    return float[0]!;
  },
  (x) => v128.or(v128.and(x, i32x4Constant(0x7fffff)), i32x4Constant(0x3f800000)),
);
