/**
 * @file The neurons a second time, in rational arithmetic and from their definitions alone. Nothing here comes from src.
 */
import {
  add,
  compare,
  divide,
  floor,
  HALF,
  isInteger,
  multiply,
  negate,
  type Rational,
  ratio,
  subtract,
  times,
  ZERO,
} from './rational.ts';

export type OracleKind =
  | 'full'
  | 'half'
  | 'unipolar'
  | 'tracer'
  | 'reset-to-zero'
  | 'leaky'
  | 'memory'
  | 'burst'
  | 'rest';

/** Gamma, the most spikes of a burst neuron in one step. */
const MOST = 5;

export interface OracleState {
  readonly v: Rational;
  /** Signed count of all spikes so far. */
  readonly sent: number;
}

/** @returns what a neuron sends at potential m, having sent `sent` spikes of at most `limit` */
function decide(
  kind: OracleKind,
  m: Rational,
  theta: Rational,
  sent: number,
  limit: number,
  inverse: Rational,
): number {
  const twice = add(m, m);
  switch (kind) {
    case 'full':
      return compare(m, theta) >= 0 ? 1 : compare(m, negate(theta)) <= 0 ? -1 : 0;
    case 'half':
      return compare(twice, theta) >= 0 ? 1 : compare(twice, negate(theta)) <= 0 ? -1 : 0;
    case 'unipolar':
    case 'reset-to-zero':
      return compare(m, theta) >= 0 ? 1 : 0;
    case 'tracer':
      if (compare(m, theta) >= 0) return sent < limit ? 1 : 0;
      return compare(m, ZERO) < 0 && sent > -limit ? -1 : 0;
    case 'leaky':
      if (compare(m, theta) >= 0) return 1;
      return compare(negate(m), multiply(theta, inverse)) >= 0 ? -1 : 0;
    case 'memory':
      if (compare(m, theta) >= 0) return 1;
      return sent >= 1 && compare(negate(m), theta) >= 0 ? -1 : 0;
    case 'burst':
      return Math.max(0, Math.min(MOST, floor(divide(m, theta))));
    case 'rest':
      return Number(compare(m, theta) > 0) + Number(compare(m, add(theta, theta)) >= 0);
  }
}

const ONE = ratio(1n);

/** @param inverse 1/a of a leaky neuron */
export function oracleStep(
  kind: OracleKind,
  state: OracleState,
  current: Rational,
  theta: Rational,
  limit: number,
  inverse: Rational = ONE,
): { s: number; state: OracleState } {
  const m = add(state.v, current);
  const s = decide(kind, m, theta, state.sent, limit, inverse);
  let v = subtract(m, times(theta, s));
  if (kind === 'leaky' && s < 0) v = add(m, multiply(theta, inverse));
  if (kind === 'reset-to-zero' && s > 0) v = ZERO;
  return { s, state: { v, sent: state.sent + s } };
}

/**
 * The count a neuron is meant to send for the sum of its currents: full truncates, half and tracer round (a tie goes
 * up), unipolar and its kin round down after adding v0, leaky truncates, below 0 after dividing by `inverse`; all clipped to what T slots can hold.
 * @returns the count, and whether the sum lay exactly between two counts of `half`
 */
export function oracleCount(
  kind: OracleKind,
  total: Rational,
  theta: Rational,
  v0: Rational,
  limit: number,
  inverse: Rational = ONE,
): { count: number; tie: boolean } {
  const clip = (k: number, low: number): number => Math.min(limit, Math.max(low, k));
  const started = divide(add(total, v0), theta);
  if (kind === 'unipolar' || kind === 'reset-to-zero' || kind === 'memory')
    return { count: clip(floor(started), 0), tie: false };
  if (kind === 'burst' || kind === 'rest') {
    const most = kind === 'rest' ? 2 : MOST;
    return { count: Math.max(0, Math.min(most * limit, floor(started))), tie: false };
  }
  if (kind === 'leaky') {
    const negative = compare(started, ZERO) < 0;
    const size = negative ? floor(divide(negate(started), inverse)) : floor(started);
    return { count: Math.min(limit, size) * (negative ? -1 : 1) + 0, tie: false };
  }
  const q = divide(total, theta);
  if (kind === 'full') {
    const down = floor(q);
    const integer = isInteger(q);
    return { count: clip(down < 0 && !integer ? down + 1 : down, -limit), tie: false };
  }
  const shifted = add(q, HALF);
  return { count: clip(floor(shifted), -limit), tie: isInteger(shifted) };
}
