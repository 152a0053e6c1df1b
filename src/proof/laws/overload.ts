/**
 * @file Overload on an actual run: how often abs(I_t) > theta, and the bound W_T that holds all the same (law L9):
 * abs(v_t) <= W_t = max(phi, W_{t-1} + abs(I_t) - theta), for neurons whose page claims it (full, half).
 */
import type { LayerTrace } from './trace.ts';

export interface Overload {
  /** Share of neuron-steps with abs(I_t) > theta. */
  readonly share: number;
  /** Share of neurons that met it at least once. */
  readonly neurons: number;
  /** Neurons whose potential passed W_T: must be 0. */
  readonly broken: number;
  /** Largest abs(v_T) / theta, and the largest W_T / theta: residual charge in spikes. */
  readonly worst: number;
  readonly bound: number;
}

export function checkOverload(trace: LayerTrace): Overload {
  const { theta, maxAbsCurrent, potential, overloadBound, roundoff, steps } = trace;
  let [hit, broken, worst, bound] = [0, 0, 0, 0];
  for (let i = 0; i < theta.length; i++) {
    if (maxAbsCurrent[i]! > theta[i]!) hit++;
    const left = Math.abs(potential[i]!);
    if (left > overloadBound[i]! + 2 * roundoff[i]!) broken++;
    worst = Math.max(worst, left / theta[i]!);
    bound = Math.max(bound, overloadBound[i]! / theta[i]!);
  }
  const share = trace.overloads / (theta.length * steps);
  return { share, neurons: hit / theta.length, broken, worst, bound };
}
