/**
 * @file Conservation (law L1) on every neuron of an actual run: theta*N + excess = sum I + v0 - v_T, up to what float32 can have
 * lost on the way. It holds for every neuron and any input; where it fails, an engine is wrong.
 *
 * With soft reset spikes take theta*N off the potential, and the excess is 0. Two neurons take off something else, so that the law
 * says less about their output: leaky takes off theta*N+ - (theta/a)*N- in all (law L19), and reset-to-zero loses what m had above
 * theta.
 */
import type { LayerTrace } from './layer-trace.ts';

/** What the law says of one layer on one image. */
export interface Conservation {
  readonly neurons: number;
  /** How many neurons have no residual at all. */
  readonly exact: number;
  /** How many have a residual above its bound: must be 0. */
  readonly broken: number;
  /** The residual that comes nearest to its bound, in the unit of the currents, and that bound. */
  readonly worst: number;
  readonly bound: number;
}

/** Room for the second-order terms of the rounding bound. */
const SLACK = 1 + 2 ** -20;

/**
 * Checks the law on a traced layer.
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
    if (!(residual <= allowed && Number.isFinite(allowed))) broken++;
    const share = residual === 0 ? 0 : residual / allowed;
    if (share > nearest || Number.isNaN(share)) [nearest, worst, bound] = [share, residual, allowed];
  }
  return { neurons: theta.length, exact, broken, worst, bound };
}
