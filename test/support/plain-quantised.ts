/**
 * @file The quantised network in float64, from the definition: a = theta / T * clip(floor(T z / theta + 1/2), -T, T).
 */
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { forwardConverted } from '../convert/forward.ts';

/**
 * @param image [height, width, channels]
 * @returns the counts of the spiking layers, and the logits rounded to float32
 */
export function quantised(
  snn: SpikingNetwork,
  image: ArrayLike<number>,
  steps: number,
): { counts: number[][]; logits: number[] } {
  const counts: number[][] = [];
  const logits = forwardConverted(snn, image, (z, theta, l) => {
    const lowest = snn.neuron.range.lowest * steps;
    const count = Math.max(lowest, Math.min(steps, Math.floor((steps * z) / theta + 0.5)));
    counts[l] ??= [];
    counts[l].push(count);
    return (theta * count) / steps;
  });
  return { counts, logits: [...logits].map(Math.fround) };
}
