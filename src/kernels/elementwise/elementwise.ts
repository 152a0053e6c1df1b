/**
 * @file The element-wise methods that tensors and traced values share, so that one text can be run or compiled.
 */

/** T: a tensor or a value. Shapes are broadcast as NumPy does. */
export interface Elementwise<T> {
  /**
   * this + other.
   * @example
   * tape.array([1, 2]).add(tape.array([[10], [20]])).data; // [11, 12, 21, 22]
   */
  add(other: T | number): T;
  /**
   * this - other.
   * @example
   * tape.array([1, 2]).sub(1).data; // [0, 1]
   */
  sub(other: T | number): T;
  /**
   * this times other.
   * @example
   * tape.array([1, 2]).mul(3).data; // [3, 6]
   */
  mul(other: T | number): T;
  /**
   * this / other.
   * @example
   * tape.array([1, 2]).div(2).data; // [0.5, 1]
   */
  div(other: T | number): T;
  /**
   * this to a power. Exponents 0.5 and whole numbers from -8 to 8 are computed by roots and products.
   * @example
   * tape.array([1, 2, -3]).pow(2).data; // [1, 4, 9]
   */
  pow(exponent: T | number): T;
  /**
   * The larger of both; NaN if one is.
   * @example
   * tape.array([1, 2]).maximum(1.5).data; // [1.5, 2]
   */
  maximum(other: T | number): T;
  /**
   * The smaller of both; NaN if one is.
   * @example
   * tape.array([1, 2]).minimum(1.5).data; // [1, 1.5]
   */
  minimum(other: T | number): T;
  /**
   * -this.
   * @example
   * tape.array([1, -2]).neg().data; // [-1, 2]
   */
  neg(): T;
  /**
   * The size without the sign; its slope at 0 is 0.
   * @example
   * tape.array([1, -2]).abs().data; // [1, 2]
   */
  abs(): T;
  /**
   * 1, -1 or 0.
   * @example
   * tape.array([3, -2, 0]).sign().data; // [1, -1, 0]
   */
  sign(): T;
  /**
   * The largest whole number that is not above this; no gradient.
   * @example
   * tape.array([1.5, -1.5]).floor().data; // [1, -2]
   */
  floor(): T;
  /**
   * 1 / this.
   * @example
   * tape.array([2, 4]).reciprocal().data; // [0.5, 0.25]
   */
  reciprocal(): T;
  /**
   * this times this.
   * @example
   * tape.array([2, -3]).square().data; // [4, 9]
   */
  square(): T;
  /**
   * The square root.
   * @example
   * tape.array([4, 9]).sqrt().data; // [2, 3]
   */
  sqrt(): T;
  /**
   * e to this.
   * @example
   * tape.array([0]).exp().data; // [1]
   */
  exp(): T;
  /**
   * The natural logarithm.
   * @example
   * tape.array([1]).log().data; // [0]
   */
  log(): T;
  /**
   * The error function.
   * @example
   * tape.array([0]).erf().data; // [0]
   */
  erf(): T;
  /**
   * The hyperbolic tangent.
   * @example
   * tape.array([0]).tanh().data; // [0]
   */
  tanh(): T;
  /**
   * 1 / (1 + exp(-this)).
   * @example
   * tape.array([0]).sigmoid().data; // [0.5]
   */
  sigmoid(): T;
  /**
   * max(this, 0).
   * @example
   * tape.array([1, -2]).relu().data; // [1, 0]
   */
  relu(): T;
  /**
   * this times the normal distribution's share below it.
   * @example
   * tape.array([0]).gelu().data; // [0]
   */
  gelu(): T;
  /**
   * Within [lower, upper].
   * @example
   * tape.array([1, -2]).clip(-1, 0.5).data; // [0.5, -1]
   */
  clip(lower: T | number, upper: T | number): T;
  /**
   * 1 where this < other, else 0.
   * @example
   * tape.array([1, 2]).less(2).data; // [1, 0]
   */
  less(other: T | number): T;
  /**
   * 1 where this <= other, else 0.
   * @example
   * tape.array([1, 2]).lessEqual(2).data; // [1, 1]
   */
  lessEqual(other: T | number): T;
  /**
   * 1 where this > other, else 0.
   * @example
   * tape.array([1, 2]).greater(1).data; // [0, 1]
   */
  greater(other: T | number): T;
  /**
   * 1 where this >= other, else 0.
   * @example
   * tape.array([1, 2]).greaterEqual(1).data; // [1, 1]
   */
  greaterEqual(other: T | number): T;
  /**
   * 1 where this = other, else 0.
   * @example
   * tape.array([1, 2]).equal(2).data; // [0, 1]
   */
  equal(other: T | number): T;
  /**
   * `yes` where this is not 0, else `no`.
   * @example
   * tape.array([1, 0]).where(5, 7).data; // [5, 7]
   */
  where(yes: T | number, no: T | number): T;
}
