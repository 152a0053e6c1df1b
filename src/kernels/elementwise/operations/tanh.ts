import { type Operation, polynomial } from '../operation.ts';
import { withSignOf } from './bits.ts';
import { shortExp } from './exp.ts';
import { atMost } from './limit.ts';

/** y = tanh x: x + x³ p(x²) for |x| < 5/8, p by minimax to 2^-27; beyond, 1 - 2 / (exp(2 |x|) + 1) with the sign of x. */
export const tanh: Operation = {
  name: 'tanh',
  float64: Math.tanh,
  formula: (x) => {
    const square = x.square();
    const p = polynomial(square, -0.33333284, 0.13331491, -0.053743497, 0.020650588, -0.005717045);
    const size = x.abs();
    const large = size.apply(atMost, 10).mul(2).apply(shortExp).add(1).reciprocal().mul(-2).add(1);
    return size.less(0.625).where(x.add(x.mul(square).mul(p)), large.apply(withSignOf, x));
  },
  slopes: (y) => [y.square().neg().add(1)],
};
