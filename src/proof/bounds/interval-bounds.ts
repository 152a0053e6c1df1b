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
import { deviationEach, type LayerWiring } from '../../snn/wiring.ts';
import type { LayerTrace } from '../laws/layer-trace.ts';
import type { Response } from '../networks/response.ts';

/** One rounding to float32 changes x by at most abs(x) * 2^-24. */
const UNIT = 2 ** -24;

/** `[neurons]`: how far a mean float32 current can be from the same sum without rounding. */
export function currentRounding(layer: LayerWiring, mean: ArrayLike<number>): Float64Array {
  const { reach, terms } = layer;
  const rounding = new Float64Array(reach.length);
  for (let i = 0; i < rounding.length; i++) rounding[i] = terms * UNIT * (2 * reach[i]! + Math.abs(mean[i]!));
  return rounding;
}

/** What is on record of one image. */
export interface MeasuredImage {
  /** Of all spiking layers. */
  readonly traces: readonly LayerTrace[];
  /** [classes] of the same run. */
  readonly logits: ArrayLike<number>;
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
  return intervalBoundsEach(wiring, [{ traces, logits }], response, inputBall)[0]!;
}

/** The bounds of several images. */
export function intervalBoundsEach(
  wiring: readonly LayerWiring[],
  images: readonly MeasuredImage[],
  response: Response,
  inputBall: number,
): Float64Array[][] {
  const bounds: Float64Array[][] = images.map(() => []);
  wiring.forEach((layer, l) => {
    const spreads = deviationEach(wiring, l, bounds, inputBall);
    images.forEach((image, i) => {
      bounds[i]!.push(layerBounds(layer, l, image, spreads[i]!, response));
    });
  });
  return bounds;
}

/** @param spread what the layers before can change of the mean current, without rounding */
function layerBounds(
  layer: LayerWiring,
  l: number,
  { traces, logits }: MeasuredImage,
  spread: Float64Array,
  response: Response,
): Float64Array {
  const trace = traces[l];
  const steps = traces[0]?.steps ?? 1;
  if (!trace) {
    const mean = layer.unit.map((unit, c) => logits[c]! / unit);
    const rounding = currentRounding(layer, mean);
    return spread.map((e, c) => (e + rounding[c]!) * layer.unit[c]!);
  }
  const { counts, sumCurrent } = trace;
  const { theta: thetas } = layer;
  const mean = new Float64Array(sumCurrent.length);
  for (let i = 0; i < mean.length; i++) mean[i] = sumCurrent[i]! / steps;
  const rounding = currentRounding(layer, mean);
  const clip = (z: number, theta: number): number => theta * response(z / theta);
  const bounds = new Float64Array(thetas.length);
  for (let i = 0; i < bounds.length; i++) {
    const theta = thetas[i]!;
    const rate = (theta * counts[i]!) / steps;
    const reach = spread[i]! + rounding[i]!;
    bounds[i] = Math.max(
      Math.abs(rate - clip(mean[i]! - reach, theta)),
      Math.abs(rate - clip(mean[i]! + reach, theta)),
    );
  }
  return bounds;
}
