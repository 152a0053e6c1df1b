/**
 * @file Accumulate, then fire: a neuron that stays silent while its T inputs arrive and then has T slots to send
 * its answer (theory T17). In the slots it fires as a tracer does, so ties are rounded up and never sent twice.
 */
import { traceStep } from './tracer.ts';

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
 * @returns count = clip(floor(total / theta + 1/2), -T, T), all spikes of one sign, sent as early as possible
 * @example
 * emit(2.5, 1, 4).count; // 3
 */
export function emit(total: number, theta: number, slots: number): Emission {
  const spikes = new Int8Array(slots);
  let v = theta / 2 + total;
  let count = 0;
  for (let t = 0; t < slots; t++) {
    const fired = traceStep(v, count, 0, theta, slots);
    spikes[t] = fired.s;
    v = fired.v;
    count = fired.sent;
  }
  return { spikes, count, v };
}
