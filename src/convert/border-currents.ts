/**
 * @file What a border that is not 0 gives to the neurons near it: a constant current, since nothing on it ever changes. The synapses
 * themselves see zeros there.
 *
 *     b'_i = b_i + value * sum_j w_ij        j: the places of the border that i sees
 */
import { type MapShape, mapSize } from '../nn/architecture.ts';
import { tapsBeside } from '../nn/taps-beside.ts';
import type { Summand } from './layer-output.ts';

/**
 * @param bias [channels of shape]
 * @returns the same where no border has a value, else [height, width, channels]
 */
export function withBorderCurrents(
  shape: MapShape,
  bias: Float64Array,
  summands: readonly Summand[],
): Float64Array {
  const filled = summands.filter((summand) => summand.filled);
  if (filled.length === 0) return bias;
  const all = Float64Array.from({ length: mapSize(shape) }, (_, i) => bias[i % bias.length]!);
  for (const summand of filled) addCurrents(shape, all, summand);
  return all;
}

/** into[y, x, c] += value * the weights of the taps that lie beside the map. */
function addCurrents(
  [height, width, channels]: MapShape,
  into: Float64Array,
  { filled, weight, kernel, stride, padding, dilation }: Summand,
): void {
  const { value, map } = filled!;
  const count = kernel[0] * kernel[1];
  const taps = tapSums(weight, count, channels);
  const window = { window: kernel, stride, padding, dilation };
  tapsBeside(window, [map[0], map[1]], [height, width]).forEach((beside, i) => {
    if (beside === 0) return;
    const [from, to] = [(i % count) * channels, Math.floor(i / count) * channels];
    for (let c = 0; c < channels; c++) into[to + c]! += value * taps[from + c]!;
  });
}

/** The weights of each tap, added up over its inputs: [taps, outputs]. */
function tapSums(weight: Float64Array, taps: number, outputs: number): Float64Array {
  const sums = new Float64Array(taps * outputs);
  const perTap = weight.length / taps;
  for (let i = 0; i < weight.length; i++)
    sums[Math.floor(i / perTap) * outputs + (i % outputs)]! += weight[i]!;
  return sums;
}
