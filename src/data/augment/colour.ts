/**
 * @file Changing an image's values: the colour operations of AutoAugment, as the Python Imaging Library defines them, but
 * rounding to the nearest byte where that truncates. All in place.
 */
import type { MapShape } from '../../nn/architecture.ts';
import type { Bytes } from './geometry.ts';

/** Replaces values by `table[channel * 256 + value]`, or by `table[value]` when all channels share one table. */
function lookUp(image: Bytes, channels: number, table: Uint8Array): void {
  const own = table.length > 256;
  for (let i = 0; i < image.length; i++) image[i] = table[(own ? (i % channels) * 256 : 0) + image[i]!]!;
}

const tableOf = (f: (value: number) => number): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, v) => f(v));

const toByte = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : Math.floor(value + 0.5));

export function invert(image: Bytes): void {
  lookUp(
    image,
    1,
    tableOf((v) => 255 - v),
  );
}

/** Inverts the values from the threshold up. */
export function solarize(image: Bytes, threshold: number): void {
  lookUp(
    image,
    1,
    tableOf((v) => (v < threshold ? v : 255 - v)),
  );
}

/** Keeps the upper `bits` bits. */
export function posterize(image: Bytes, bits: number): void {
  const mask = (0xff << (8 - bits)) & 0xff;
  lookUp(
    image,
    1,
    tableOf((v) => v & mask),
  );
}

/** Factor 0: black; 1: unchanged. */
export function brightness(image: Bytes, factor: number): void {
  lookUp(
    image,
    1,
    tableOf((v) => toByte(factor * v)),
  );
}

/** The luma of ITU-R 601-2, rounded; in a grey image the value itself. */
function grey(image: Bytes, at: number, channels: number): number {
  if (channels !== 3) return image[at]!;
  return (19595 * image[at]! + 38470 * image[at + 1]! + 7471 * image[at + 2]! + 0x8000) >> 16;
}

/** Factor 0: grey; 1: unchanged. */
export function colour(image: Bytes, [, , channels]: MapShape, factor: number): void {
  for (let i = 0; i < image.length; i += channels) {
    const middle = grey(image, i, channels);
    for (let c = 0; c < channels; c++) image[i + c] = toByte(middle + factor * (image[i + c]! - middle));
  }
}

/** Factor 0: the image's mean grey everywhere; 1: unchanged. */
export function contrast(image: Bytes, [, , channels]: MapShape, factor: number): void {
  let sum = 0;
  for (let i = 0; i < image.length; i += channels) sum += grey(image, i, channels);
  const mean = Math.floor((sum * channels) / image.length + 0.5);
  lookUp(
    image,
    1,
    tableOf((v) => toByte(mean + factor * (v - mean))),
  );
}

/** Factor 0: smoothed by (1 1 1; 1 5 1; 1 1 1) / 13; 1: unchanged; above: sharpened. The border stays. */
export function sharpness(image: Bytes, [height, width, channels]: MapShape, factor: number): void {
  const from = image.slice();
  const row = width * channels;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * row + channels; i < (y + 1) * row - channels; i++) {
      let sum = 4 * from[i]!;
      for (let dy = -row; dy <= row; dy += row) {
        sum += from[i + dy - channels]! + from[i + dy]! + from[i + dy + channels]!;
      }
      const smooth = toByte(sum / 13);
      image[i] = toByte(smooth + factor * (from[i]! - smooth));
    }
  }
}

/** Stretches each channel so that its least value becomes 0 and its greatest 255. */
export function autoContrast(image: Bytes, [, , channels]: MapShape): void {
  const table = new Uint8Array(256 * channels);
  for (let c = 0; c < channels; c++) {
    let low = 255;
    let high = 0;
    for (let i = c; i < image.length; i += channels) {
      low = Math.min(low, image[i]!);
      high = Math.max(high, image[i]!);
    }
    const scale = high > low ? 255 / (high - low) : 1;
    const offset = high > low ? low : 0;
    for (let v = 0; v < 256; v++) table[256 * c + v] = toByte((v - offset) * scale);
  }
  lookUp(image, channels, table);
}

/**
 * Levels the histogram of each channel: with step = floor((pixels - pixels of the greatest value) / 255), value v becomes
 * floor((floor(step / 2) + pixels below v) / step), at most 255; unchanged when step is 0.
 */
export function equalize(image: Bytes, [, , channels]: MapShape): void {
  const table = new Uint8Array(256 * channels);
  const histogram = new Uint32Array(256);
  for (let c = 0; c < channels; c++) {
    histogram.fill(0);
    for (let i = c; i < image.length; i += channels) histogram[image[i]!]!++;
    const last = histogram[histogram.findLastIndex((n) => n > 0)] ?? 0;
    const step = Math.floor((image.length / channels - last) / 255);
    let below = Math.floor(step / 2);
    for (let v = 0; v < 256; v++) {
      table[256 * c + v] = step === 0 ? v : Math.min(255, Math.floor(below / step));
      below += histogram[v]!;
    }
  }
  lookUp(image, channels, table);
}
