/**
 * @file How a neuron of strelu fires, said for an integrator that starts at 0. With u = v - v0, where v0 is the initial potential,
 *
 *     m >= phiUp * theta       becomes   u > justBelow(phiUp * theta - v0)           NIR's thresholds are strict
 *     m <= -phiDown * theta    becomes  -u > justBelow(phiDown * theta + v0)
 *     v = m - theta * s        becomes   u + gain after a positive spike, u + back after a negative one, one step later
 *
 * and where strelu's own comparison is strict the number itself is the threshold.
 */
import type { Neuron } from '../snn/neurons/neuron.ts';
import { type FireRule, takenOff } from '../snn/step.ts';
import { justBelow } from './next-float.ts';

/** Of one neuron. */
export interface Firing {
  /** u fires once for each of these that it is above: rising. */
  readonly ups: readonly number[];
  /** -u fires once, negatively, where it is above this; null: never. */
  readonly down: number | null;
  /** What each positive spike adds to u, and what a negative one does. */
  readonly gain: number;
  readonly back: number;
  /** Where a hard reset puts u; null: the reset is soft. */
  readonly reset: number | null;
}

/**
 * @param start v0 / theta
 * @example
 * firingOf({ phiUp: 1 }, 1, 0).gain; // -1
 */
export function firingOf(rule: FireRule, theta: number, start: number): Firing {
  const { phiUp, phiDown, burst = 1, strict, reset } = rule;
  const v0 = Math.fround(theta * start);
  const level = (height: number, isStrict: boolean): number => {
    const number = Math.fround(height);
    return isStrict ? number : justBelow(number);
  };
  return {
    ups: Array.from({ length: burst }, (_, k) =>
      level(Math.fround((k === 0 ? phiUp : k + 1) * theta) - v0, k === 0 && strict === 'up'),
    ),
    down: phiDown === undefined ? null : level(Math.fround(phiDown * theta) + v0, strict === 'down'),
    gain: -takenOff(1, theta, rule),
    back: -takenOff(-1, theta, rule),
    reset: reset === 'zero' ? 0 - v0 : null,
  };
}

/** Why NIR's nodes cannot say how a neuron fires, and what to do; null where they can. */
export function unsaid({ name, rule }: Pick<Neuron, 'name' | 'rule'>): string | null {
  const { phiUp, phiDown, burst = 1, reset, least, most } = rule;
  if (least !== undefined || most !== undefined)
    return `neuron ${name} limits the count of its spikes, which no node of NIR knows; convert to the neuron half, full or unipolar`;
  if (reset === 'zero' && (phiDown !== undefined || burst > 1))
    return `neuron ${name} resets to 0 from more than one threshold, and NIR's IF has one; convert to a neuron with soft reset`;
  if (burst > 1 && phiUp > 2)
    return `neuron ${name} may send two spikes before it sends one, which thresholds side by side cannot; use a phiUp of at most 2`;
  return null;
}
