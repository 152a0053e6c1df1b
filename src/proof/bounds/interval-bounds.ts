/**
 * @file How far a spiking network's rates are from its folded network's activations, by interval arithmetic along an actual run.
 * What a neuron received and sent is on record, so only what the layers before it should have sent is uncertain:
 *
 *     z is in mean I +- d,   d = sum_j abs(w_ij) * e_j          e_i = largest abs(theta*N_i/T - a), a in clip(mean I +- d)
 *
 * It is never wider than law L15, since abs(rate - clip(mean I)) <= (W_T + abs(v0))/T and clip never increases a distance, and much
 * narrower where neurons saturate: beyond theta on both sides of the interval, all earlier errors are forgotten. It holds for any
 * neuron. d includes what a float32 current can lose: one rounding for each of its additions.
 */
import { deviation, type LayerWiring } from '../../snn/wiring.ts';
import type { LayerTrace } from '../laws/trace-layer.ts';
import type { Response } from '../networks/response.ts';

/** One rounding to float32 changes x by at most abs(x) * 2^-24. */
const UNIT = 2 ** -24;

/** `[neurons]`: how far a mean float32 current can be from the same sum without rounding. */
export function currentRounding(layer: LayerWiring, mean: ArrayLike<number>): Float64Array {
  return layer.reach.map((reach, i) => layer.terms * UNIT * (2 * reach + Math.abs(mean[i]!)));
}

/**
 * The bounds of all layers.
 * @param traces of all spiking layers on one image
 * @param logits [classes] of the same run
 * @param response the activation that the neurons stand for
 * @param inputBall the image may be anywhere within this distance (largest change of any one value) of the one that was run
 * @returns per layer [neurons], in the unit of its currents; the last is for the logits
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
