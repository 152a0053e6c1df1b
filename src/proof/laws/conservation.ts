/**
 * @file Conservation (law L1) on every neuron of an actual run: theta*N + excess = sum I + v0 - v_T, up to what
 * float32 can have lost on the way. Holds for every neuron kind and any input; where it fails, an engine is wrong.
 * With soft reset spikes take off theta*N, and the excess is 0. Two kinds take off something else, so that the law says less of
 * their output: leaky in all theta*N+ - (theta/a)*N- (law L19); reset-to-zero whatever m had above theta, which is lost.
 */
import type { LayerTrace } from './trace.ts';

export interface Conservation {
  readonly neurons: number;
  /** Neurons without any residual. */
  readonly exact: number;
  readonly broken: number;
  /** The residual that came nearest to its bound, in the unit of the currents, and that bound. */
  readonly worst: number;
  readonly bound: number;
}

/** Second-order terms of the rounding bound, generously. */
const SLACK = 1 + 2 ** -20;

/**
 * @example
 * checkConservation(traceLayer(snn, result, 0, 0)).broken; // 0
 */
export function checkConservation(trace: LayerTrace): Conservation {
  const { theta, v0, sumCurrent, counts, excess, potential, roundoff } = trace;
  let [exact, broken, worst, bound] = [0, 0, 0, 0];
  let nearest = -1;
  for (let i = 0; i < theta.length; i++) {
    const residual = Math.abs(
      theta[i]! * counts[i]! + excess[i]! - (sumCurrent[i]! + v0[i]! - potential[i]!),
    );
    const allowed = roundoff[i]! * SLACK;
    if (residual === 0) exact++;
    if (!(residual <= allowed)) broken++;
    const share = residual === 0 ? 0 : residual / allowed;
    if (share > nearest || Number.isNaN(share)) [nearest, worst, bound] = [share, residual, allowed];
  }
  return { neurons: theta.length, exact, broken, worst, bound };
}
