/**
 * @file Numbers of single neurons, as far as strelu has them: one for all or one for each channel.
 */
import { InputError } from '../../errors.ts';
import type { MapShape } from '../../nn/architecture.ts';
import { type NirArray, sizeOf } from '../graph.ts';

/**
 * A node's numbers for each value of a signal; a single number stands for all.
 * @throws InputError when there is another number of them
 */
export function spread(
  { shape, data }: NirArray,
  signal: { readonly shape: readonly number[] },
  place: string,
): ArrayLike<number> & { every(test: (number: number) => boolean): boolean } {
  const size = sizeOf(signal.shape);
  if (data.length === 1) return new Float64Array(size).fill(data[0]!);
  if (shape.join() === signal.shape.join()) return Float64Array.from(data);
  throw new InputError(
    `${place}: expected numbers of shape ${signal.shape.join('x')}, found ${shape.join('x')}; correct the graph`,
  );
}

/**
 * @param numbers in the graph's order: channel, row, column
 * @returns [channels]
 * @throws InputError where two positions of a channel differ
 */
export function perChannel(numbers: ArrayLike<number>, map: MapShape, place: string): Float64Array {
  const [height, width, channels] = map;
  const positions = height * width;
  for (let i = 0; i < numbers.length; i++) {
    const first = numbers[Math.floor(i / positions) * positions]!;
    if (numbers[i] !== first)
      throw new InputError(
        `${place}: expected one number for each channel, found ${first} and ${numbers[i]} in channel ${Math.floor(i / positions)}; strelu's maps have one for each channel`,
      );
  }
  return Float64Array.from({ length: channels }, (_, c) => numbers[c * positions]!);
}
