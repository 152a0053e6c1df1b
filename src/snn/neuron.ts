/**
 * @file The integrate-and-fire neuron: the definition that every engine must follow. One rule, as plain data:
 *
 *     m = v + I
 *     s = +1 if m >= phiUp * theta; -1 if m <= -phiDown * theta; 0 otherwise     (inclusive on both sides)
 *     v = m - theta * s                                                          (soft reset)
 *
 * and what some kinds do otherwise:
 *
 *     leaky           a negative spike gives back lossDown * theta:  v = m + lossDown * theta   (law L19)
 *     reset-to-zero   v = 0 after a spike: what m had above theta is lost
 *     memory          s = -1 only while sent > 0, sent the signed count of its spikes so far
 *     burst           s = the number of k = 1..burst with m >= k * theta, so clip(floor(m / theta), 0, burst)
 *     rest            s = the number of (m > theta), (m >= 2 * theta): what half sends, and 1 (law L21)
 *
 * Products of theta are rounded to float32 once: engines keep them as such.
 */
import type { NeuronKind } from './network.ts';

/** Where a neuron fires, in units of theta, and what a spike takes off. */
export interface FireRule {
  readonly phiUp: number;
  /** Infinity: never a negative spike. */
  readonly phiDown: number;
  /** What a negative spike gives back, in theta; 1 if absent. A positive one takes off theta, the height of a spike. */
  readonly lossDown?: number;
  /** Default 'soft'. */
  readonly reset?: 'soft' | 'zero';
  /** True: a negative spike only takes back a positive one. */
  readonly memory?: boolean;
  /** Most spikes in one step, 1 if absent. */
  readonly burst?: number;
  /** True: the first spike needs m > phiUp * theta. */
  readonly strict?: boolean;
}

/** Gamma, the most spikes of a burst neuron in one step. */
export const BURST = 5;

/** `tracer` has a rule of its own (tracer.ts), `leaky` one for each slope (ruleOf). */
export const FIRE_RULES: Readonly<Record<Exclude<NeuronKind, 'tracer' | 'leaky'>, FireRule>> = {
  full: { phiUp: 1, phiDown: 1 },
  half: { phiUp: 0.5, phiDown: 0.5 },
  unipolar: { phiUp: 1, phiDown: Number.POSITIVE_INFINITY },
  'reset-to-zero': { phiUp: 1, phiDown: Number.POSITIVE_INFINITY, reset: 'zero' },
  memory: { phiUp: 1, phiDown: 1, memory: true },
  burst: { phiUp: 1, phiDown: Number.POSITIVE_INFINITY, burst: BURST },
  rest: { phiUp: 1, phiDown: Number.POSITIVE_INFINITY, burst: 2, strict: true },
};

/** The neuron of tLeakyReLU with slope a below 0: thresholds theta and -theta/a, spikes of height theta both ways. */
export const leakyRule = (a: number): FireRule => ({ phiUp: 1, phiDown: 1 / a, lossDown: 1 / a });

/** The rule of a network's neurons; a tracer's only says where its potential starts from. */
export function ruleOf({ neuron, leak }: { readonly neuron: NeuronKind; readonly leak?: number }): FireRule {
  if (neuron === 'leaky') return leakyRule(leak ?? 1);
  return FIRE_RULES[neuron === 'tracer' ? 'half' : neuron];
}

/** What one neuron can send in one step, least and most. */
export function spikeRange(neuron: NeuronKind): { readonly lowest: -1 | 0; readonly highest: number } {
  if (neuron === 'burst' || neuron === 'rest') return { lowest: 0, highest: FIRE_RULES[neuron].burst! };
  const silent = neuron === 'unipolar' || neuron === 'reset-to-zero';
  return { lowest: silent ? 0 : -1, highest: 1 };
}

/** Neurons whose answer the exact modes can give: those that round (law L16, L17). */
export const settles = (neuron: NeuronKind): boolean =>
  neuron === 'half' || neuron === 'rest' || neuron === 'unipolar' || neuron === 'tracer';

/** What a neuron does in one step. */
export interface Fired {
  /** -1, 0 or 1; up to the rule's `burst`. */
  readonly s: number;
  readonly v: number;
}

/**
 * One step of one neuron.
 * @param v membrane potential before the step
 * @param current I, the input of this step
 * @param sent signed count of its spikes before the step, for a neuron with memory
 * @example
 * step(0.75, 0.5, 1, FIRE_RULES.full); // { s: 1, v: 0.25 }
 */
export function step(v: number, current: number, theta: number, rule: FireRule, sent = 0): Fired {
  const m = v + current;
  const s = spikes(m, theta, rule, sent);
  if (s !== 0 && rule.reset === 'zero') return { s, v: 0 };
  return { s, v: m - takenOff(s, theta, rule) };
}

function spikes(m: number, theta: number, rule: FireRule, sent: number): number {
  const up = Math.fround(rule.phiUp * theta);
  if (rule.strict ? m > up : m >= up) {
    let k = 1;
    while (k < (rule.burst ?? 1) && m >= Math.fround((k + 1) * theta)) k++;
    return k;
  }
  return m <= -Math.fround(rule.phiDown * theta) && !(rule.memory && sent <= 0) ? -1 : 0;
}

/** What s spikes take off the potential by soft reset. */
export function takenOff(s: number, theta: number, rule: FireRule): number {
  return Math.fround(theta * (s < 0 ? s * (rule.lossDown ?? 1) : s));
}
