/**
 * @file The parts of a float32: what exponentials and logarithms are made of. They are used in float32 only.
 */
import { f32x4, i32x4, v128 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The number whose bits are those of x after `change`. */
function changed(x: number, change: (bits: number) => number): number {
  float[0] = x;
  bits[0] = change(bits[0]!);
  return float[0]!;
}

const and: Operation = instruction(
  'bits and',
  (x, mask) => changed(x, (own) => own & bitsOf(mask)),
  (x, mask) => v128.and(x, mask),
);
const or: Operation = instruction(
  'bits or',
  (x, mask) => changed(x, (own) => own | bitsOf(mask)),
  (x, mask) => v128.or(x, mask),
);
/** The last nine bits become sign and exponent. */
export const lastAsExponent: Operation = instruction(
  'last bits as exponent',
  (x) => changed(x, (own) => own << 23),
  (x) => i32x4.shl(x, 23),
);
const exponentAsNumber: Operation = instruction(
  'exponent as number',
  (x) => bitsOf(x) >> 23,
  (x) => f32x4.convert_i32x4_s(i32x4.shr_s(x, 23)),
);

function bitsOf(x: number): number {
  float[0] = x;
  return bits[0]!;
}

/** The last nine bits of a whole n from -126 to 127 plus this are n + 127. */
export const POWER_OF_TWO: number = 1.5 * 2 ** 23 + 127;

/** 2^n for a whole n from -126 to 127. */
export const powerOfTwo: Operation = {
  name: 'powerOfTwo',
  formula: (n) => n.add(POWER_OF_TWO).apply(lastAsExponent),
};

/** e of a positive, normal x = 2^e m with 1 <= m < 2. */
export const exponent: Operation = {
  name: 'exponent',
  formula: (x) => x.apply(exponentAsNumber).sub(127),
};

/** The number whose bits are the 23 of a fraction. */
const FRACTION = (2 ** 23 - 1) * 2 ** -149;

/** m of a positive, normal x = 2^e m with 1 <= m < 2. */
export const mantissa: Operation = {
  name: 'mantissa',
  formula: (x) => x.apply(and, FRACTION).apply(or, 1),
};

/** A number that is not negative, with the sign of x. */
export const withSignOf: Operation = {
  name: 'withSignOf',
  formula: (size, x) => size.apply(or, x.apply(and, -0)),
};
