/**
 * @file Runs one neuron of src step by step on the currents it is given.
 */
import { type FireRule, step } from '../../src/snn/step.ts';

export interface NeuronRun {
  readonly count: number;
  readonly spikes: readonly number[];
  /** Potential after each step. */
  readonly potentials: readonly number[];
  readonly v: number;
}

/** @returns every spike and every potential, and what they add up to */
export function runNeuron(currents: Iterable<number>, v0: number, theta: number, rule: FireRule): NeuronRun {
  const spikes: number[] = [];
  const potentials: number[] = [];
  let v = v0;
  let count = 0;
  for (const current of currents) {
    const fired = step(v, current, theta, rule, count);
    spikes.push(fired.s);
    potentials.push(fired.v);
    v = fired.v;
    count += fired.s;
  }
  return { count, spikes, potentials, v };
}
