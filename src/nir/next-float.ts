/**
 * @file The float32 numbers beside a number. NIR's thresholds fire above their number, strelu's at theirs and above: for float32
 * potentials, `above justBelow(x)` and `at x and above` are the same.
 */

const number = new Float32Array(1);
const bits = new Int32Array(number.buffer);

/**
 * The largest float32 below a float32.
 * @example
 * justBelow(1); // 0.9999999403953552
 */
export function justBelow(x: number): number {
  return -justAbove(-x);
}

/**
 * The smallest float32 above a float32.
 * @example
 * justAbove(1); // 1.0000001192092896
 */
export function justAbove(x: number): number {
  number[0] = x;
  if (number[0] === 0) bits[0] = 1;
  else bits[0]! += number[0]! > 0 ? 1 : -1;
  return number[0]!;
}
