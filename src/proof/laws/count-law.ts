/**
 * @file The count law (law L3 full, L7 half) on an actual run. Its premise is abs(I_t) <= theta at every step; where a
 * neuron meets it, abs(theta*N - sum I - v0) is below theta (full) or at most theta/2 (half). Where it does not, the law
 * says nothing, and the share of such neurons is reported instead of assumed away.
 */
import type { NeuronKind } from '../../snn/network.ts';
import type { LayerTrace } from './trace.ts';

export interface CountLaw {
  readonly neurons: number;
  /** Neurons whose currents never passed theta: the law must hold for them. */
  readonly covered: number;
  readonly broken: number;
  /** Largest abs(N - q) among the covered, and its bound: 1 for full, 1/2 for half. */
  readonly worst: number;
  readonly bound: number;
  /** Largest abs(N - q) among the others: what overload really cost, in spikes. */
  readonly worstOverloaded: number;
}

/** @returns null for neurons and runs that have no such law (all other neurons, accumulate-then-fire). */
export function checkCountLaw(trace: LayerTrace, kind: NeuronKind): CountLaw | null {
  if ((kind !== 'full' && kind !== 'half') || trace.accumulated) return null;
  const bound = kind === 'full' ? 1 : 0.5;
  const { theta, v0, sumCurrent, maxAbsCurrent, counts, roundoff } = trace;
  let [covered, broken, worst, worstOverloaded] = [0, 0, 0, 0];
  for (let i = 0; i < theta.length; i++) {
    const height = theta[i]!;
    const distance = Math.abs(counts[i]! - (sumCurrent[i]! + v0[i]!) / height);
    const startsWithin = kind === 'full' ? Math.abs(v0[i]!) < height : Math.abs(v0[i]!) <= height / 2;
    if (maxAbsCurrent[i]! > height || !startsWithin) {
      worstOverloaded = Math.max(worstOverloaded, distance);
      continue;
    }
    covered++;
    // Rounded potentials can pass the limit by what float32 lost, seen here in spikes.
    if (distance > bound + (2 * roundoff[i]!) / height) broken++;
    worst = Math.max(worst, distance);
  }
  return { neurons: theta.length, covered, broken, worst, bound, worstOverloaded };
}
