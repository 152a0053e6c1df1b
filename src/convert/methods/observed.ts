/**
 * @file Thresholds for ReLU from activations seen on calibration images: their largest value or a quantile.
 * theta_l plays the part of the normalisation factor lambda_l (law L18: the same spikes as scaled weights).
 */
import { InputError } from '../../errors.ts';
import type { Calibration } from '../method.ts';
import { positive } from '../parameters.ts';

/**
 * The value that `share` of the activations do not exceed (1: the maximum); linear between neighbours.
 * @throws InputError when the layer was not observed or never active.
 */
export function observedThreshold(
  layer: string,
  calibration: Calibration,
  share: number,
): Float32Array<ArrayBuffer> {
  const seen = calibration.activations.get(layer);
  if (!seen || seen.length === 0) {
    throw new InputError(
      `${layer}: expected activations of calibration images, found none; pass some hundred training images`,
    );
  }
  const sorted = Float64Array.from(seen).sort();
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  const value = sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
  return positive(layer, Float32Array.of(value));
}
