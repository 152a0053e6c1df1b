/**
 * @file The count law of a neuron's page (L3 of full, L7 of half) on an actual run. Its premise is abs(I_t) <= theta at every
 * step; where a neuron meets it, abs(theta*N - sum I - v0) is within the page's bound. Where it does not, the law
 * says nothing, and the share of such neurons is reported instead of assumed away.
 */
import type { Neuron } from '../../snn/neurons/neuron.ts';
import type { LayerTrace } from './trace.ts';

export interface CountLaw {
  readonly neurons: number;
  /** Neurons whose currents never passed theta: the law must hold for them. */
  readonly covered: number;
  readonly broken: number;
  /** Largest abs(N - q) among the covered, and its bound: 1 of full, 1/2 of half. */
  readonly worst: number;
  readonly bound: number;
  /** Largest abs(N - q) among the others: what overload really cost, in spikes. */
  readonly worstOverloaded: number;
}

/** @returns null for neurons and runs (accumulate-then-fire) that have no such law */
export function checkCountLaw(trace: LayerTrace, neuron: Neuron): CountLaw | null {
  const law = neuron.laws.count;
  if (!law || trace.accumulated) return null;
  const { bound, strict } = law;
  const { theta, v0, sumCurrent, maxAbsCurrent, counts, roundoff } = trace;
  let [covered, broken, worst, worstOverloaded] = [0, 0, 0, 0];
  for (let i = 0; i < theta.length; i++) {
    const height = theta[i]!;
    const distance = Math.abs(counts[i]! - (sumCurrent[i]! + v0[i]!) / height);
    const startsWithin = strict ? Math.abs(v0[i]!) < bound * height : Math.abs(v0[i]!) <= bound * height;
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
