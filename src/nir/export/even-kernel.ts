/**
 * @file NIR's convolutions have as many zeros above the map as below it, and to its left as to its right. A kernel with other borders is
 * one with taps of 0 on the side where the border was thinner: it sees the same places.
 */
import { InputError } from '../../errors.ts';
import type { Pair } from '../../nn/map-window.ts';
import type { ScaledSynapses } from '../../snn/geometry.ts';

/** A kernel for the same zeros on both sides. */
export interface EvenKernel {
  /** [kernelHeight, kernelWidth, inChannels / groups, outChannels]. */
  readonly weight: Float32Array<ArrayBufferLike>;
  readonly kernel: Pair;
  readonly padding: Pair;
}

/**
 * @param layer its name, for errors
 * @throws InputError where the difference of two borders is no multiple of the dilation
 */
export function evenKernel(
  layer: string,
  { weight, kernelHeight, kernelWidth, padding, dilation, map, out, groups }: ScaledSynapses,
): EvenKernel {
  const [top, bottom, left, right] = padding;
  const taps = [(bottom - top) / dilation[0], (right - left) / dilation[1]] as const;
  if (!taps.every(Number.isInteger))
    throw new InputError(
      `${layer}: has a padding of ${padding.join(', ')} (top, bottom, left, right) and a dilation of ${dilation.join(', ')}, and NIR has the same padding on both sides; train with that`,
    );
  const even: Pair = [Math.max(top, bottom), Math.max(left, right)];
  if (taps[0] === 0 && taps[1] === 0) return { weight, kernel: [kernelHeight, kernelWidth], padding: even };
  const kernel: Pair = [kernelHeight + Math.abs(taps[0]), kernelWidth + Math.abs(taps[1])];
  const row = (map[2] / groups) * out[2];
  const wide = new Float32Array(kernel[0] * kernel[1] * row);
  // where there were fewer zeros before the map, the new taps come first
  const [first, second] = taps.map((count) => Math.max(0, count)) as [number, number];
  for (let y = 0; y < kernelHeight; y++)
    for (let x = 0; x < kernelWidth; x++) {
      const from = (y * kernelWidth + x) * row;
      wide.set(weight.subarray(from, from + row), ((y + first) * kernel[1] + x + second) * row);
    }
  return { weight: wide, kernel, padding: even };
}
