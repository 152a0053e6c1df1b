/**
 * @file The integrate-and-fire neuron with soft reset: the definition that every engine must follow.
 *
 *     m = v + I
 *     s = +1 if m >= phiUp * theta; -1 if m <= -phiDown * theta; 0 otherwise     (inclusive on both sides)
 *     v = m - theta * s
 */
import type { NeuronKind } from './network.ts';

/** Where a neuron fires, in units of theta. */
export interface FireRule {
  readonly phiUp: number;
  /** Infinity: never a negative spike. */
  readonly phiDown: number;
}

/** `tracer` has a rule of its own (tracer.ts). */
export const FIRE_RULES: Readonly<Record<Exclude<NeuronKind, 'tracer'>, FireRule>> = {
  full: { phiUp: 1, phiDown: 1 },
  half: { phiUp: 0.5, phiDown: 0.5 },
  unipolar: { phiUp: 1, phiDown: Number.POSITIVE_INFINITY },
};

/** What a neuron does in one step. */
export interface Fired {
  readonly s: -1 | 0 | 1;
  readonly v: number;
}

/**
 * One step of one neuron.
 * @param v membrane potential before the step
 * @param current I, the input of this step
 * @example
 * step(0.75, 0.5, 1, FIRE_RULES.full); // { s: 1, v: 0.25 }
 */
export function step(v: number, current: number, theta: number, rule: FireRule): Fired {
  const m = v + current;
  const s = m >= rule.phiUp * theta ? 1 : m <= -rule.phiDown * theta ? -1 : 0;
  return { s, v: m - theta * s };
}
