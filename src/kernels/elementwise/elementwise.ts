/**
 * @file The element-wise methods that tensors and traced values share, so that one text can be run or compiled.
 */

/** T: a tensor or a value. Shapes are broadcast as NumPy does. */
export interface Elementwise<T> {
  /** this + other. */
  add(other: T | number): T;
  /** this - other. */
  sub(other: T | number): T;
  /** this times other. */
  mul(other: T | number): T;
  /** this / other. */
  div(other: T | number): T;
  /** this to a power. Exponents 0.5 and whole numbers from -8 to 8 are computed by roots and products. */
  pow(exponent: T | number): T;
  /** The larger of both; NaN if one is. */
  maximum(other: T | number): T;
  /** The smaller of both; NaN if one is. */
  minimum(other: T | number): T;
  neg(): T;
  abs(): T;
  /** 1, -1 or 0. */
  sign(): T;
  floor(): T;
  /** 1 / this. */
  reciprocal(): T;
  square(): T;
  sqrt(): T;
  exp(): T;
  /** The natural logarithm. */
  log(): T;
  /** The error function. */
  erf(): T;
  tanh(): T;
  /** 1 / (1 + exp(-this)). */
  sigmoid(): T;
  /** max(this, 0). */
  relu(): T;
  /** this times the normal distribution's share below it. */
  gelu(): T;
  /** Within [lower, upper]. */
  clip(lower: T | number, upper: T | number): T;
  /** 1 where this < other, else 0. */
  less(other: T | number): T;
  /** 1 where this <= other, else 0. */
  lessEqual(other: T | number): T;
  /** 1 where this > other, else 0. */
  greater(other: T | number): T;
  /** 1 where this >= other, else 0. */
  greaterEqual(other: T | number): T;
  /** 1 where this = other, else 0. */
  equal(other: T | number): T;
  /** `yes` where this is not 0, else `no`. */
  where(yes: T | number, no: T | number): T;
}
