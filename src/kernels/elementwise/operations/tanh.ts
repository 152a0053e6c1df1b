import type { Operation } from '../operation.ts';
import { withSignOf } from './bits.ts';
import { exponentialParts } from './exp.ts';
import { atMost } from './limit.ts';

/** y = tanh x = t / (t + 2) with t = e^(2 |x|) - 1 = 2^n q + (2^n - 1), which is precise near 0 too, and the sign of x. */
export const tanh: Operation = {
  name: 'tanh',
  float64: Math.tanh,
  formula: (x) => {
    const { power, q } = exponentialParts(x.abs().apply(atMost, 10).mul(2));
    const t = q.mul(power).add(power.sub(1));
    return t.div(t.add(2)).apply(withSignOf, x);
  },
  slopes: (y) => [y.square().neg().add(1)],
};
