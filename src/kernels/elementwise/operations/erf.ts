import { type Operation, polynomial } from '../operation.ts';
import { withSignOf } from './bits.ts';
import { shortExp } from './exp.ts';
import { atMost } from './limit.ts';

/** The series of erf in double precision: 2 / sqrt(pi) x exp(-x²) (1 + 2x²/3 + (2x²)²/(3 · 5) + ...), all terms positive. */
export function erf64(x: number): number {
  if (!(Math.abs(x) < 6)) return Number.isNaN(x) ? x : Math.sign(x);
  let term = 1;
  let sum = 1;
  for (let n = 3; term > 1e-17 * sum; n += 2) {
    term *= (2 * x * x) / n;
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x) * sum;
}

/** y = erf x = 2 / sqrt(pi) times the integral of exp(-t²) from 0 to x: x + x p(x²) for |x| < 0.92; beyond, 1 - exp(q(|x|)). */
export const erf: Operation = {
  name: 'erf',
  float64: erf64,
  formula: (x) => {
    const small = polynomial(
      x.square(),
      ...[0.12837911, -0.37612495, 0.11281803, -0.026765568, 0.004990981, -0.00059768965],
    );
    const size = x.abs().apply(atMost, 4);
    const q = polynomial(
      size,
      ...[-0.00020701755, -1.1276274, -0.6372658, -0.10385631, 0.022189742, -0.0030336834, 0.00019494577],
    );
    const large = q.apply(shortExp).neg().add(1);
    return x.abs().less(0.92).where(x.mul(small).add(x), large.apply(withSignOf, x));
  },
  slopes: (_, x) => [
    x
      .square()
      .neg()
      .exp()
      .mul(2 / Math.sqrt(Math.PI)),
  ],
};
