/**
 * @file The count law of a neuron's page (L3 of full, L7 of half) on an actual run. Its premise is abs(I_t) <= theta at every step:
 * where that holds, abs(theta*N - sum I - v0) is within the page's bound. Where it does not, the law says nothing, and such neurons
 * are counted separately.
 */
import type { Neuron } from '../../snn/neurons/neuron.ts';
import type { LayerTrace } from './layer-trace.ts';

/** What the law says of one layer on one image. */
export interface CountLaw {
  readonly neurons: number;
  /** How many neurons had no current above theta: the law must hold for them. */
  readonly covered: number;
  /** How many of them break it: must be 0. */
  readonly broken: number;
  /** The largest abs(N - q) among the covered, in spikes, and its bound: 1 for full, 1/2 for half. */
  readonly worst: number;
  readonly bound: number;
  /** The largest abs(N - q) among the others: what overload cost, in spikes. */
  readonly worstOverloaded: number;
}

/**
 * Checks the law on a traced layer.
 * @returns null for neurons without such a law, and for runs that accumulate before they fire
 * @example
 * checkCountLaw(traceLayer(snn, result, 0, 0), snn.neuron).broken; // 0
 */
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
    // Rounded potentials can exceed the limit by what float32 lost, here in spikes.
    const allowed = bound + (2 * roundoff[i]!) / height;
    if (!(distance <= allowed && Number.isFinite(allowed))) broken++;
    worst = Math.max(worst, distance);
  }
  return { neurons: theta.length, covered, broken, worst, bound, worstOverloaded };
}
