/**
 * @file Thresholds for ReLU from activations seen on calibration images: their largest value, or a quantile. theta_l plays the part
 * of the normalisation factor lambda_l (law L18: the same spikes as scaled weights).
 */
import { InputError } from '../../errors.ts';
import type { Calibration } from '../calibration.ts';
import { overflowingLayer, silentLayer } from '../unfit-layer.ts';

/** The quantile that most of the methods use: the threshold clips one activation in a thousand. */
const USUAL_SHARE = 0.999;

/**
 * The value that this share of a layer's activations does not exceed (1: the maximum), linear between neighbours; [1].
 * @throws InputError when the layer was not observed, never active, or overflows
 */
export function observedThreshold(
  layer: string,
  calibration: Calibration,
  share: number = USUAL_SHARE,
): Float32Array<ArrayBuffer> {
  const seen = calibration.activations.get(layer);
  if (!seen || seen.length === 0) {
    throw new InputError(
      `${layer}: expected activations of calibration images, found none; pass those of some hundred training images`,
    );
  }
  const sorted = Float64Array.from(seen).sort();
  const largest = sorted.at(-1)!; // NaN sorts last
  if (!Number.isFinite(largest) || !Number.isFinite(sorted[0]!))
    throw overflowingLayer(layer, 'activation', Number.isFinite(largest) ? sorted[0]! : largest);
  if (!(largest > 0)) throw silentLayer(layer, 'activation', largest);
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const above = Math.min(below + 1, sorted.length - 1);
  const theta = Float32Array.of(sorted[below]! + (rank - below) * (sorted[above]! - sorted[below]!));
  if (theta[0]! > 0) return theta;
  throw new InputError(
    `${layer}: expected activations > 0 at the quantile ${share} of calibration images, found ${theta[0]}, and ${largest} at most; convert by the maximum (relu-max)`,
  );
}
