import { type Operation, polynomial, type Value } from '../operation.ts';
import { lastAsExponent, POWER_OF_TWO, powerOfTwo } from './bits.ts';
import { atLeast, atMost } from './limit.ts';

/** ln 2 in two parts: `HIGH` has so few bits that a whole number times it is exact. */
export const HIGH: number = 355 / 512;
export const LOW: number = Math.LN2 - HIGH;

/**
 * e^x = 2^n (1 + q): x = n ln 2 + r with |r| <= ln 2 / 2, q = e^r - 1 = r + r² p(r), p by minimax to 2^-28.
 * @returns n, 2^n for n from -126 to 127, and q
 */
export function exponentialParts(x: Value): {
  readonly n: Value;
  readonly power: Value;
  readonly q: Value;
} {
  // So large a number has no bits left for fractions: the sum is rounded to a whole one.
  const shifted = x.mul(Math.LOG2E).add(POWER_OF_TWO);
  const n = shifted.sub(POWER_OF_TWO);
  const r = x.sub(n.mul(HIGH)).sub(n.mul(LOW));
  const p = polynomial(r, 0.49999994, 0.16666521, 0.041668389, 0.0083687166, 0.0013814599);
  return { n, power: shifted.apply(lastAsExponent), q: p.mul(r.square()).add(r) };
}

/** y = e^x. 2^n in two factors: n goes from -150, where results are subnormal, to 128, from which on they are infinite. */
export const exp: Operation = {
  name: 'exp',
  float64: Math.exp,
  formula: (x) => {
    const { n, q } = exponentialParts(x.apply(atLeast, -104).apply(atMost, 89));
    const half = n.mul(0.5).floor();
    return q.add(1).mul(half.apply(powerOfTwo)).mul(n.sub(half).apply(powerOfTwo));
  },
  slopes: (y) => [y],
};

/** y = e^x for x known to lie in [-87, 88]: within other formulas. */
export const shortExp: Operation = {
  name: 'shortExp',
  float64: Math.exp,
  formula: (x) => {
    const { power, q } = exponentialParts(x);
    return q.add(1).mul(power);
  },
  slopes: (y) => [y],
};
