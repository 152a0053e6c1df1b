/**
 * @file What a trained network's activations say about their thresholds, before anything is simulated.
 */
import type { ActivationLayer } from '../../nn/architecture.ts';
import type { LayerAdvice } from '../../report/advice.ts';
import { fixed } from '../../report/format.ts';

/** The reach below which a threshold is called high. */
const LEAST_REACH = 0.5;
/** In theta: what lies there, but for the rounding of a division, is cut off. */
const CUT = 1 - 1e-6;

/**
 * @param theta thresholds of the spiking layer, one for all or one for each channel
 * @param values of the trained activation on some images, channels last
 */
export function layerAdvice(
  { name, activation }: Pick<ActivationLayer, 'name' | 'activation'>,
  theta: ArrayLike<number>,
  values: ArrayLike<number>,
): LayerAdvice {
  const sizes = Float32Array.from(values, (value, i) => Math.abs(value) / theta[i % theta.length]!).sort();
  const cut = sizes.findIndex((size) => size >= CUT);
  const clipped = cut < 0 ? 0 : (100 * (sizes.length - cut)) / sizes.length;
  const reach = Math.min(1, sizes[Math.floor(0.999 * (sizes.length - 1))] ?? 0);
  const mean = Array.from(theta).reduce((sum, one) => sum + one, 0) / theta.length;
  const exact = activation !== 'relu';
  return { name, activation, exact, theta: mean, clipped, reach, says: words(exact, reach) };
}

/** A trained clip that cuts much off is as it should be: its neurons cut off the same. One that is far away only costs steps. */
function words(exact: boolean, reach: number): string {
  const far = `99.9 % of the values stay below ${fixed(reach, 2)} theta`;
  if (exact)
    return reach < LEAST_REACH
      ? `converts exactly, threshold high: ${far}; train it with a lower one`
      : 'converts exactly';
  return reach < LEAST_REACH
    ? `threshold from images, high: ${far}; try --method relu-percentile`
    : 'threshold from images: larger values are cut off';
}
