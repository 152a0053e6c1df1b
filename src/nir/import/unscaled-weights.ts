/**
 * @file strelu keeps weights without the height of a spike and multiplies it in before a run, rounding once. What a graph has is the
 * product, so a number is looked for whose product rounds to it.
 */

/** Weights, and how many of their products come out one rounding beside what they should be. */
export interface Unscaled {
  readonly weight: Float32Array<ArrayBuffer>;
  readonly rounded: number;
}

/** How many neighbours of the quotient are tried on each side. */
const NEAR = 2;

/**
 * @param products what a spike adds
 * @param heightOf the height of a spike that product i is added for
 * @example
 * unscaledWeights([0.5], () => 2).weight; // [0.25]
 */
export function unscaledWeights(products: ArrayLike<number>, heightOf: (i: number) => number): Unscaled {
  const weight = new Float32Array(products.length);
  const bits = new Int32Array(weight.buffer);
  let rounded = 0;
  for (let i = 0; i < weight.length; i++) {
    const height = heightOf(i);
    const product = Math.fround(products[i]!);
    weight[i] = product / height;
    const quotient = bits[i]!;
    let offset = 0;
    while (offset <= NEAR && !fits(weight, bits, i, quotient, offset, height, product)) offset++;
    if (offset <= NEAR) continue;
    bits[i] = quotient;
    rounded++;
  }
  return { weight, rounded };
}

/** Leaves the number that fits in place. */
function fits(
  weight: Float32Array,
  bits: Int32Array,
  i: number,
  quotient: number,
  offset: number,
  height: number,
  product: number,
): boolean {
  for (const sign of [1, -1]) {
    bits[i] = quotient + sign * offset;
    if (Math.fround(weight[i]! * height) === product) return true;
  }
  return false;
}
