/** @file Each neuron of an image followed over all steps of its record, by the plain loop: the definition. */
import type { LayerTrace } from './layer-trace.ts';

/** One rounding to float32 changes x by at most abs(x) * 2^-24. */
export const UNIT: number = 2 ** -24;

/** What is on record of one image: neuron i at step t is at first + t * neurons + i. */
export interface Recorded {
  readonly spikes: Int8Array;
  readonly membrane: Float32Array;
  readonly currents: Float32Array;
  readonly first: number;
  readonly steps: number;
}

/** The trace that is filled; theta and v0 are there. */
export type Followed = Omit<LayerTrace, 'name' | 'steps' | 'overloads'>;

/**
 * Follows the neurons of an image over all steps.
 * @param phi W_t is at least phi * theta
 * @returns how many neuron-steps had abs(I) > theta
 */
export type Follow = (trace: Followed, recorded: Recorded, phi: number) => number;

/** One neuron over all steps, then the next: what is known of it stays in registers. */
export function followPlainly(
  trace: Followed,
  { spikes, membrane, currents, first, steps }: Recorded,
  phi: number,
): number {
  const { theta, v0, accumulated, sumCurrent, maxAbsCurrent, counts } = trace;
  const { potential, maxAbsPotential, overloadBound, roundoff } = trace;
  const neurons = theta.length;
  let overloads = 0;
  for (let i = 0; i < neurons; i++) {
    const height = theta[i]!;
    const least = phi * height;
    const start = v0[i]!;
    let sum = 0;
    let most = 0;
    let bound = Math.abs(start);
    let count = 0;
    let v = start;
    let highest = 0;
    let lost = 0;
    for (let t = 0, at = first + i; t < steps; t++, at += neurons) {
      const current = currents[at]!;
      const size = Math.abs(current);
      sum += current;
      most = Math.max(most, size);
      bound = Math.max(least, bound + size - height);
      overloads += size > height ? 1 : 0;
      const reached = accumulated ? start + sum : v + current; // m, before a spike
      count += spikes[at]!;
      v = membrane[at]!;
      const left = Math.abs(v);
      highest = Math.max(highest, left);
      lost += (Math.abs(reached) + left) * UNIT;
    }
    sumCurrent[i] = sum;
    maxAbsCurrent[i] = most;
    overloadBound[i] = bound;
    counts[i] = count;
    potential[i] = v;
    maxAbsPotential[i] = highest;
    roundoff[i] = lost;
  }
  return overloads;
}
