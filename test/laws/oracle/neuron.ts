/**
 * @file The neurons once more, in rational arithmetic and from their definitions alone. Nothing here comes from src.
 */
import {
  add,
  compare,
  divide,
  floor,
  HALF,
  isInteger,
  negate,
  type Rational,
  subtract,
  times,
  ZERO,
} from './rational.ts';

export type OracleKind = 'full' | 'half' | 'unipolar' | 'tracer';

export interface OracleState {
  readonly v: Rational;
  /** Signed count of all spikes so far. */
  readonly sent: number;
}

/** A neuron's rule: what it sends at potential m, having sent `sent` of at most `limit`. */
function decide(kind: OracleKind, m: Rational, theta: Rational, sent: number, limit: number): number {
  const twice = add(m, m);
  switch (kind) {
    case 'full':
      return compare(m, theta) >= 0 ? 1 : compare(m, negate(theta)) <= 0 ? -1 : 0;
    case 'half':
      return compare(twice, theta) >= 0 ? 1 : compare(twice, negate(theta)) <= 0 ? -1 : 0;
    case 'unipolar':
      return compare(m, theta) >= 0 ? 1 : 0;
    case 'tracer':
      if (compare(m, theta) >= 0) return sent < limit ? 1 : 0;
      return compare(m, ZERO) < 0 && sent > -limit ? -1 : 0;
  }
}

export function oracleStep(
  kind: OracleKind,
  state: OracleState,
  current: Rational,
  theta: Rational,
  limit: number,
): { s: number; state: OracleState } {
  const m = add(state.v, current);
  const s = decide(kind, m, theta, state.sent, limit);
  return { s, state: { v: subtract(m, times(theta, s)), sent: state.sent + s } };
}

/**
 * The count a neuron is meant to send for the sum of its currents: full truncates, half and tracer round (a tie goes
 * up), unipolar rounds down after adding v0; all clipped to what T slots can hold.
 * @returns the count, and whether the sum lay exactly between two counts of `half`
 */
export function oracleCount(
  kind: OracleKind,
  total: Rational,
  theta: Rational,
  v0: Rational,
  limit: number,
): { count: number; tie: boolean } {
  const clip = (k: number, low: number): number => Math.min(limit, Math.max(low, k));
  if (kind === 'unipolar') return { count: clip(floor(divide(add(total, v0), theta)), 0), tie: false };
  const q = divide(total, theta);
  if (kind === 'full') {
    const down = floor(q);
    const integer = isInteger(q);
    return { count: clip(down < 0 && !integer ? down + 1 : down, -limit), tie: false };
  }
  const shifted = add(q, HALF);
  return { count: clip(floor(shifted), -limit), tie: isInteger(shifted) };
}
