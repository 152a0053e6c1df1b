/**
 * @file Rational numbers in BigInt: nothing is ever rounded. Every finite double is a rational number exactly.
 */

export interface Rational {
  readonly n: bigint;
  /** > 0. */
  readonly d: bigint;
}

const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return magnitude(a);
}

/** @returns n / d in lowest terms */
export function ratio(n: bigint, d = 1n): Rational {
  const g = gcd(n, d) * (d < 0n ? -1n : 1n);
  return { n: n / g, d: d / g };
}

/** @returns the exact value of a finite double */
export function rational(x: number): Rational {
  let d = 1n;
  while (!Number.isInteger(x)) {
    x *= 2;
    d *= 2n;
  }
  return ratio(BigInt(x), d);
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const HALF: Rational = { n: 1n, d: 2n };

export const add = (a: Rational, b: Rational): Rational =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : ratio(a.n * b.d + b.n * a.d, a.d * b.d);
export const negate = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));
export const multiply = (a: Rational, b: Rational): Rational => ratio(a.n * b.n, a.d * b.d);
export const divide = (a: Rational, b: Rational): Rational => ratio(a.n * b.d, a.d * b.n);
export const times = (a: Rational, k: number): Rational =>
  k === 0 ? ZERO : k === 1 ? a : ratio(a.n * BigInt(k), a.d);
/** Negative, 0 or positive as a is below, equal to or above b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const isInteger = (a: Rational): boolean => a.n % a.d === 0n;

/** The largest integer <= a. */
export function floor(a: Rational): number {
  const towardsZero = a.n / a.d;
  return Number(a.n < 0n && towardsZero * a.d !== a.n ? towardsZero - 1n : towardsZero);
}

/** @returns the nearest double */
export const approximately = (a: Rational): number => {
  const whole = a.n / a.d;
  return Number(whole) + Number(((a.n - whole * a.d) << 80n) / a.d) / 2 ** 80;
};
