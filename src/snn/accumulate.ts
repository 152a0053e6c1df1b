/**
 * @file Accumulate, then fire: a neuron that stays silent while its T inputs arrive and then has T slots to send
 * its answer (law L17). In the slots it fires as a tracer does, so ties are rounded up and never sent twice; in rest
 * coding (L21) up to two spikes a slot, from the same potential: clip(floor(total / theta + 1/2), 0, 2T).
 */
import type { NeuronKind } from './network.ts';
import { FIRE_RULES, type Fired, type FireRule, step } from './neuron.ts';
import { traceStep } from './tracer.ts';

/** Rest coding with nothing left to come: m = theta rounds up and sends one. */
export const RELEASE: FireRule = { ...FIRE_RULES.rest, strict: false };

/**
 * One slot of one neuron.
 * @param v potential; theta / 2 and all its currents before the first slot
 * @param sent signed count of the spikes of earlier slots
 * @param limit T, the largest count of those that send one a slot
 */
export function emitSlot(neuron: NeuronKind, v: number, sent: number, theta: number, limit: number): Fired {
  if (neuron === 'rest') return step(v, 0, theta, RELEASE);
  const fired = traceStep(v, sent, 0, theta, limit);
  return neuron === 'unipolar' && fired.s < 0 ? { s: 0, v } : fired;
}

/** One emission: `spikes[t]` for each of the T slots and what is left over. */
export interface Emission {
  readonly spikes: Int8Array;
  /** Signed sum of the spikes. */
  readonly count: number;
  readonly v: number;
}

/**
 * The answer of one neuron to everything it has received.
 * @param total sum of all its currents over T steps
 * @param slots T
 * @returns count = clip(floor(total / theta + 1/2), -T, T), for `rest` in [0, 2T]; all spikes of one sign, as early as possible
 * @example
 * emit('half', 2.5, 1, 4).count; // 3
 * emit('rest', 6.5, 1, 4).count; // 7: theta more in each current, one spike more in each slot
 */
export function emit(neuron: NeuronKind, total: number, theta: number, slots: number): Emission {
  const spikes = new Int8Array(slots);
  let v = theta / 2 + total;
  let count = 0;
  for (let t = 0; t < slots; t++) {
    const fired = emitSlot(neuron, v, count, theta, slots);
    spikes[t] = fired.s;
    v = fired.v;
    count += fired.s;
  }
  return { spikes, count, v };
}
