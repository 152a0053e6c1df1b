/**
 * @file Accumulate, then fire: a neuron that stays silent while its T inputs arrive and then has T slots to send its answer
 * (law L17). In the slots it fires by the emission rule of its page: as a tracer does, so that ties are rounded up and never
 * sent twice; in rest coding (L21) up to two spikes a slot.
 */
import type { Neuron } from './neurons/neuron.ts';
import { type Fired, step } from './step.ts';

/** Whether a network of such neurons waits for all its inputs before it fires; the others run step by step. */
export const accumulates = ({ settling }: Neuron, schedule: string | undefined): boolean =>
  schedule === 'settling' && settling?.emission !== undefined;

/**
 * One slot of one neuron.
 * @param v potential; theta / 2 and all its currents before the first slot
 * @param sent signed count of the spikes of earlier slots
 * @param slots T
 */
export function emitSlot(neuron: Neuron, v: number, sent: number, theta: number, slots: number): Fired {
  return step(v, 0, theta, neuron.settling!.emission!, sent, slots);
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
 * emit(neuronNamed('half'), 2.5, 1, 4).count; // 3
 * emit(neuronNamed('rest'), 6.5, 1, 4).count; // 7: theta more in each current, one spike more in each slot
 */
export function emit(neuron: Neuron, total: number, theta: number, slots: number): Emission {
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
