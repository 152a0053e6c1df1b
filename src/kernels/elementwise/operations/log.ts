import { type Operation, polynomial } from '../operation.ts';
import { exponent, mantissa } from './bits.ts';
import { HIGH, LOW } from './exp.ts';

const LEAST_NORMAL = 2 ** -126;

/**
 * y = ln x. x = 2^e m with m in [sqrt(1/2), sqrt(2)), f = m - 1, ln x = e ln 2 + f - f²/2 + f³ q(f), q by minimax to 2^-27.
 * Subnormal numbers are multiplied by 2^23 first. ln 0 = -Infinity, ln of less is NaN.
 */
export const log: Operation = {
  name: 'log',
  float64: Math.log,
  formula: (x) => {
    const subnormal = x.less(LEAST_NORMAL);
    const normal = subnormal.where(x.mul(2 ** 23), x);
    const high = normal.apply(mantissa).greater(Math.SQRT2);
    const m = normal.apply(mantissa).mul(high.where(0.5, 1));
    const e = normal.apply(exponent).add(high).sub(subnormal.where(23, 0));
    const f = m.sub(1);
    const q = polynomial(
      f,
      ...[0.33333331, -0.2500082, 0.20001227, -0.16623357, 0.14201757, -0.13160183, 0.12761576, -0.076344967],
    );
    const rest = q.mul(f).sub(0.5).mul(f.square()).add(e.mul(LOW));
    const y = rest.add(f).add(e.mul(HIGH));
    const finite = x.less(Number.POSITIVE_INFINITY).where(y, x);
    return x.greater(0).where(finite, x.equal(0).where(Number.NEGATIVE_INFINITY, Number.NaN));
  },
  slopes: (_, x) => [x.reciprocal()],
};
