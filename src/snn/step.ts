/**
 * @file One step of an integrate-and-fire neuron: the definition that every engine must follow. A neuron's rule is plain data
 * (neurons/ has a page for each neuron), the step is the same for all of them:
 *
 *     m = v + I
 *     s = +1 if m >= phiUp * theta; -1 if m <= -phiDown * theta; 0 otherwise     (inclusive on both sides)
 *     v = m - theta * s                                                          (soft reset)
 *
 * A rule may say otherwise in these respects:
 *
 *     phiDown absent   there are no negative spikes
 *     lossDown         a negative spike gives back lossDown * theta: v = m + lossDown * theta
 *     reset 'zero'     v = 0 after a spike: what m had above theta is lost
 *     burst            s = the number of k = 1..burst with m >= k * theta, so clip(floor(m / theta), 0, burst)
 *     strict           'up': the first positive spike needs m > phiUp * theta; 'down': a negative one m < -phiDown * theta
 *     least, most      -1 only while sent > least * T, +1 only while sent < most * T (sent: the signed count of its spikes)
 *
 * Each product of theta is rounded to float32 once, because engines keep these thresholds in float32.
 */

/** Where a neuron fires, in units of theta, and what a spike takes off. */
export interface FireRule {
  readonly phiUp: number;
  /** Absent: never a negative spike. */
  readonly phiDown?: number;
  /** What a negative spike gives back, in theta; default 1. A positive one takes off theta, the height of a spike. */
  readonly lossDown?: number;
  /** Default 'soft'. */
  readonly reset?: 'soft' | 'zero';
  /** The largest number of spikes in one step; default 1. */
  readonly burst?: number;
  /** Which of the two comparisons excludes equality; default: none. */
  readonly strict?: 'up' | 'down';
  /** The signed count of a neuron's spikes never falls below least * T; absent: no limit. */
  readonly least?: number;
  /** The signed count of a neuron's spikes never exceeds most * T; absent: no limit. */
  readonly most?: number;
}

/** What a neuron does in one step. */
export interface Fired {
  /** -1, 0 or 1; up to the rule's `burst`. */
  readonly s: number;
  /** The membrane potential after the step. */
  readonly v: number;
}

/**
 * One step of one neuron.
 * @param v membrane potential before the step
 * @param current I, the input of this step
 * @param sent signed count of its spikes before the step, for a rule with `least` or `most`
 * @param steps T, for a rule with `least` or `most`; by default so large that neither is reached, unless it is 0
 * @returns s, the spikes that it sends, and v, the potential after them
 * @example
 * step(0.75, 0.5, 1, { phiUp: 1, phiDown: 1 }); // { s: 1, v: 0.25 }
 */
export function step(
  v: number,
  current: number,
  theta: number,
  rule: FireRule,
  sent = 0,
  steps: number = Number.MAX_VALUE,
): Fired {
  const m = v + current;
  const s = spikes(m, theta, rule, sent, steps);
  if (s !== 0 && rule.reset === 'zero') return { s, v: 0 };
  return { s, v: m - takenOff(s, theta, rule) };
}

function spikes(m: number, theta: number, rule: FireRule, sent: number, steps: number): number {
  const { phiUp, phiDown, burst = 1, strict, least, most } = rule;
  const up = Math.fround(phiUp * theta);
  if ((strict === 'up' ? m > up : m >= up) && (most === undefined || sent < most * steps)) {
    let k = 1;
    while (k < burst && m >= Math.fround((k + 1) * theta)) k++;
    return k;
  }
  if (phiDown === undefined) return 0;
  const down = -Math.fround(phiDown * theta);
  const below = strict === 'down' ? m < down : m <= down;
  return below && (least === undefined || sent > least * steps) ? -1 : 0;
}

/** What s spikes take off the potential by soft reset. */
export function takenOff(s: number, theta: number, rule: FireRule): number {
  return Math.fround(theta * (s < 0 ? s * (rule.lossDown ?? 1) : s));
}
