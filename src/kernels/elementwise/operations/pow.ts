import type { Operation, Value } from '../operation.ts';

/**
 * y = a^b = exp(b ln |a|), negative for a < 0 and odd b, NaN for a < 0 and a fraction b. In float32 the relative error is about
 * |b ln a| 2^-24: whole and half exponents known beforehand are better computed by `power`.
 */
export const pow: Operation = {
  name: 'pow',
  float64: (a, b) => a ** b,
  formula: (a, b) => {
    const size = b.equal(0).where(1, b.mul(a.abs().log()).exp());
    const half = b.mul(0.5);
    const even = half.floor().equal(half);
    const whole = b.floor().equal(b);
    const negative = even.where(size, whole.where(size.neg(), Number.NaN));
    return a.less(0).where(negative, size);
  },
  slopes: (y, a, b) => [b.mul(a.pow(b.sub(1))), a.equal(0).where(0, y.mul(a.log()))],
};

/** a^n for a whole n, by multiplying. */
function repeated(a: Value, n: number): Value {
  if (n < 0) return repeated(a, -n).reciprocal();
  if (n < 2) return n === 1 ? a : a.where(1, 1);
  const root = repeated(a, Math.floor(n / 2));
  return n % 2 === 0 ? root.square() : root.square().mul(a);
}

const powers = new Map<number, Operation>();

/** The operation a^n for n of 0.5 or whole and -8 to 8; undefined for others. */
export function power(n: number): Operation | undefined {
  if (n !== 0.5 && !(Number.isInteger(n) && Math.abs(n) <= 8)) return undefined;
  const known = powers.get(n);
  if (known) return known;
  const made: Operation = {
    name: 'pow',
    formula: (a) => (n === 0.5 ? a.sqrt() : repeated(a, n)),
    slopes: (y, a) => [n === 0.5 ? y.reciprocal().mul(0.5) : n === 0 ? 0 : repeated(a, n - 1).mul(n)],
  };
  powers.set(n, made);
  return made;
}
