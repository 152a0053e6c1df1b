/**
 * @file From bytes to what a network takes: (value / 255 - mean) / deviation, per channel.
 */
import { InputError } from '../errors.ts';
import { mapSize } from '../nn/architecture.ts';
import type { Dataset } from './dataset.ts';

/** Number of values of a byte. */
const BYTE = 256;

/** `[channels, 256]`: what each byte of each channel becomes. */
export function normalisation({
  shape,
  mean,
  deviation,
}: Pick<Dataset, 'shape' | 'mean' | 'deviation'>): Float32Array<ArrayBuffer> {
  const table = new Float32Array(BYTE * shape[2]);
  for (let i = 0; i < table.length; i++) {
    const c = Math.floor(i / BYTE);
    table[i] = ((i % BYTE) / 255 - mean[c]!) / deviation[c]!;
  }
  return table;
}

/**
 * Writes bytes, channels last, as normalised floats.
 * @param table as `normalisation` gives it
 * @param out written from index `at` on
 */
export function normalise(
  bytes: Uint8Array<ArrayBufferLike>,
  channels: number,
  table: Float32Array,
  out: Float32Array<ArrayBufferLike>,
  at: number,
): void {
  for (let i = 0, c = 0; i < bytes.length; i++) {
    out[at + i] = table[c * BYTE + bytes[i]!]!;
    if (++c === channels) c = 0;
  }
}

/**
 * Images of a data set as networks take them, trained and spiking ones: normalised as in training.
 * @param start the first image. Default: 0
 * @param count how many. Default: all from `start` on
 * @returns [count, height, width, channels]
 * @throws InputError when the data set has no such images
 * @example
 * normalised(dataset, 10, 2).length; // 1568: 2 images of 28 x 28 x 1
 */
export function normalised(
  dataset: Dataset,
  start: number = 0,
  count: number = dataset.count - start,
): Float32Array<ArrayBuffer> {
  if (!(start >= 0 && count >= 0 && start + count <= dataset.count))
    throw new InputError(
      `${dataset.name}: images ${start} to ${start + count} were asked for, it has ${dataset.count}; ask for fewer`,
    );
  const size = mapSize(dataset.shape);
  const pixels = new Float32Array(count * size);
  const bytes = dataset.images.subarray(start * size, (start + count) * size);
  normalise(bytes, dataset.shape[2], normalisation(dataset), pixels, 0);
  return pixels;
}
