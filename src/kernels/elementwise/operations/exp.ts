import { type Operation, polynomial } from '../operation.ts';
import { powerOfTwo } from './bits.ts';

/** ln 2 in two parts: `HIGH` has so few bits that a whole number times it is exact. */
export const HIGH: number = 355 / 512;
export const LOW: number = Math.LN2 - HIGH;

/**
 * y = e^x. x = n ln 2 + r with |r| <= ln 2 / 2, e^x = 2^n (1 + r + r² p(r)), p by minimax to 2^-28. 2^n in two factors:
 * n goes from -150, where results are subnormal, to 128, from which on they are infinite.
 */
export const exp: Operation = {
  name: 'exp',
  float64: Math.exp,
  formula: (x) => {
    const inside = x.maximum(-104).minimum(89);
    const n = inside.mul(Math.LOG2E).add(0.5).floor();
    const r = inside.sub(n.mul(HIGH)).sub(n.mul(LOW));
    const p = polynomial(r, 0.49999994, 0.16666521, 0.041668389, 0.0083687166, 0.0013814599);
    const half = n.mul(0.5).floor();
    return p.mul(r.square()).add(r).add(1).mul(half.apply(powerOfTwo)).mul(n.sub(half).apply(powerOfTwo));
  },
  slopes: (y) => [y],
};
