/**
 * @file How far a spiking network's rates are from its folded network's activations, by interval arithmetic along an actual
 * run. What a neuron received and sent is on record, so only what came from the layers before is uncertain:
 *
 *     z is in mean I +- d,   d = sum_j abs(w_ij) * e_j          e_i = largest abs(theta*N_i/T - a), a in clip(mean I +- d)
 *
 * Never wider than L15, since abs(rate - clip(mean I)) <= (W_T + abs(v0))/T and clip brings no two numbers further apart; much
 * narrower where neurons saturate: beyond theta on both sides of the interval, all that came before is forgotten. Any neuron.
 * d includes what a float32 current can lose: one rounding for each of its additions.
 */
import { deviation, type LayerWiring } from '../../snn/wiring.ts';
import type { LayerTrace } from '../laws/trace.ts';
import type { Response } from '../networks/activation.ts';

/** One rounding to float32 changes x by at most abs(x) * 2^-24. */
const UNIT = 2 ** -24;

/** How far a mean float32 current can be from the same sum without rounding, [neurons]. */
export function currentRounding(layer: LayerWiring, mean: ArrayLike<number>): Float64Array {
  return layer.reach.map((reach, i) => layer.terms * UNIT * (2 * reach + Math.abs(mean[i]!)));
}

/**
 * @param traces of all spiking layers
 * @param logits [classes] of the same run
 * @param response what the neurons stand for
 * @param inputBall the image may lie anywhere within this distance (largest component) of the one that was run
 * @returns one bound per neuron of every layer, in the unit of its currents; the last is for the logits
 */
export function intervalBounds(
  wiring: readonly LayerWiring[],
  traces: readonly LayerTrace[],
  logits: ArrayLike<number>,
  response: Response,
  inputBall: number = 0,
): Float64Array[] {
  const bounds: Float64Array[] = [];
  wiring.forEach((layer, l) => {
    const spread = deviation(wiring, l, bounds, inputBall);
    const trace = traces[l];
    const steps = traces[0]?.steps ?? 1;
    const mean = trace
      ? trace.sumCurrent.map((sum) => sum / steps)
      : layer.unit.map((unit, c) => logits[c]! / unit);
    currentRounding(layer, mean).forEach((rounding, i) => {
      spread[i]! += rounding;
    });
    if (!trace) {
      bounds.push(spread.map((e, c) => e * layer.unit[c]!));
      return;
    }
    const { counts } = trace;
    bounds.push(
      layer.theta.map((theta, i) => {
        const rate = (theta * counts[i]!) / steps;
        const reach = spread[i]!;
        const clip = (z: number): number => theta * response(z / theta);
        return Math.max(Math.abs(rate - clip(mean[i]! - reach)), Math.abs(rate - clip(mean[i]! + reach)));
      }),
    );
  });
  return bounds;
}
