/**
 * @file Thresholds for ReLU from activations seen on calibration images: their largest value, or a quantile. theta_l plays the part
 * of the normalisation factor lambda_l (law L18: the same spikes as scaled weights).
 */
import { InputError } from '../../errors.ts';
import type { Calibration } from '../calibration.ts';

/** The quantile that most of the methods use: the threshold clips one activation in a thousand. */
const USUAL_SHARE = 0.999;

/**
 * The value that this share of a layer's activations does not exceed (1: the maximum), linear between neighbours; [1].
 * @throws InputError when the layer was not observed, or never active
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
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const above = Math.min(below + 1, sorted.length - 1);
  const theta = Float32Array.of(sorted[below]! + (rank - below) * (sorted[above]! - sorted[below]!));
  if (theta[0]! > 0 && theta[0]! < Number.POSITIVE_INFINITY) return theta;
  throw new InputError(
    `${layer}: expected activations > 0 on calibration images, found ${theta[0]} at the quantile ${share}; use more images`,
  );
}
