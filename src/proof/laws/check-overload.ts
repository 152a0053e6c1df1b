/**
 * @file Overload on an actual run: how often abs(I_t) > theta, and the bound W_T that holds nevertheless (law L9):
 *
 *     abs(v_t) <= W_t = max(phi, W_{t-1} + abs(I_t) - theta)        for neurons whose page claims it (full, half)
 */
import type { LayerTrace } from './layer-trace.ts';

/** What the law says of one layer on one image. */
export interface Overload {
  /** The share of neuron-steps with abs(I_t) > theta. */
  readonly share: number;
  /** The share of neurons that had at least one such step. */
  readonly neurons: number;
  /** How many neurons have a potential above W_T: must be 0. */
  readonly broken: number;
  /** The largest abs(v_T) / theta and the largest W_T / theta: the charge that is left, in spikes. */
  readonly worst: number;
  readonly bound: number;
}

/**
 * Measures overload on a traced layer, and checks the law.
 * @example
 * checkOverload(traceLayer(snn, result, 0, 0)).broken; // 0
 */
export function checkOverload(trace: LayerTrace): Overload {
  const { theta, maxAbsCurrent, potential, overloadBound, roundoff, steps } = trace;
  let [hit, broken, worst, bound] = [0, 0, 0, 0];
  for (let i = 0; i < theta.length; i++) {
    if (maxAbsCurrent[i]! > theta[i]!) hit++;
    const left = Math.abs(potential[i]!);
    const allowed = overloadBound[i]! + 2 * roundoff[i]!;
    if (!(left <= allowed && Number.isFinite(left))) broken++; // an infinite bound claims nothing: the law is not of this neuron
    worst = Math.max(worst, left / theta[i]!);
    bound = Math.max(bound, overloadBound[i]! / theta[i]!);
  }
  const share = trace.overloads / (theta.length * steps);
  return { share, neurons: hit / theta.length, broken, worst, bound };
}
