import { type Operation, polynomial, type Value } from '../operation.ts';
import { powerOfTwo } from './bits.ts';
import { atLeast, atMost } from './limit.ts';

/** ln 2 in two parts: `HIGH` has so few bits that a whole number times it is exact. */
export const HIGH: number = 355 / 512;
export const LOW: number = Math.LN2 - HIGH;

/** x = n ln 2 + r with |r| <= ln 2 / 2, e^x = 2^n (1 + r + r² p(r)), p by minimax to 2^-28: n and the second factor. */
function parts(x: Value): readonly [n: Value, factor: Value] {
  const n = x.mul(Math.LOG2E).add(0.5).floor();
  const r = x.sub(n.mul(HIGH)).sub(n.mul(LOW));
  const p = polynomial(r, 0.49999994, 0.16666521, 0.041668389, 0.0083687166, 0.0013814599);
  return [n, p.mul(r.square()).add(r).add(1)];
}

/** y = e^x. 2^n in two factors: n goes from -150, where results are subnormal, to 128, from which on they are infinite. */
export const exp: Operation = {
  name: 'exp',
  float64: Math.exp,
  formula: (x) => {
    const [n, factor] = parts(x.apply(atLeast, -104).apply(atMost, 89));
    const half = n.mul(0.5).floor();
    return factor.mul(half.apply(powerOfTwo)).mul(n.sub(half).apply(powerOfTwo));
  },
  slopes: (y) => [y],
};

/** y = e^x for x known to lie in [-87, 88]: within other formulas. */
export const shortExp: Operation = {
  name: 'shortExp',
  float64: Math.exp,
  formula: (x) => {
    const [n, factor] = parts(x);
    return factor.mul(n.apply(powerOfTwo));
  },
  slopes: (y) => [y],
};
