import type { Floats } from '../kernels/kernels.ts';
import type { MapShape } from '../nn/architecture.ts';

/** Images [count, height, width, channels] with left and right exchanged, into `to` of the same length. */
export function mirror(from: Floats, [, width, channels]: MapShape, to: Floats): void {
  const row = width * channels;
  for (let start = 0; start < from.length; start += row)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        to[start + x * channels + c] = from[start + (width - 1 - x) * channels + c]!;
}
