/**
 * @file Resampling. A direction that shrinks takes the mean of the area that each new pixel covers: every old pixel counts, and
 * nothing aliases. A direction that grows is interpolated bilinearly between the centres of old pixels. The weights of a new pixel
 * add up to 1, so a constant picture stays constant, and its own size gives a picture back as it is.
 */
import type { Picture } from './picture.ts';

/** The old pixels that a new one is made of, along one direction. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** @returns bytes [height, width, channels], rounded to the nearest */
export function resample(
  { height: fromHeight, width: fromWidth, channels, data }: Picture,
  height: number,
  width: number,
): Uint8Array<ArrayBuffer> {
  const columns = tapsOf(fromWidth, width);
  const rows = tapsOf(fromHeight, height);
  const between = new Float64Array(fromHeight * width * channels);
  for (let y = 0; y < fromHeight; y++)
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x]!;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++)
          sum += weights[k]! * data[(y * fromWidth + first + k) * channels + c]!;
        between[(y * width + x) * channels + c] = sum;
      }
    }
  const out = new Uint8Array(height * width * channels);
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y]!;
    for (let i = 0; i < row; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * between[(first + k) * row + i]!;
      out[y * row + i] = Math.round(sum);
    }
  }
  return out;
}

function tapsOf(from: number, to: number): Taps[] {
  return Array.from({ length: to }, (_, i) => (to < from ? area(from, to, i) : between(from, to, i)));
}

/** New pixel i covers [i, i + 1) * from / to of the old ones. */
function area(from: number, to: number, i: number): Taps {
  const [low, high] = [(i * from) / to, ((i + 1) * from) / to];
  const first = Math.floor(low);
  const last = Math.min(from, Math.ceil(high));
  const weights = Array.from({ length: last - first }, (_, k) => {
    const covered = Math.min(high, first + k + 1) - Math.max(low, first + k);
    return (covered * to) / from;
  });
  return { first, weights };
}

/** The centre of new pixel i, (i + 1/2) * from / to, lies between the centres of two old pixels; beyond the border one counts. */
function between(from: number, to: number, i: number): Taps {
  const centre = Math.max(0, Math.min(from - 1, ((i + 0.5) * from) / to - 0.5));
  const first = Math.floor(centre);
  const share = centre - first;
  return { first, weights: share === 0 ? [1] : [1 - share, share] };
}
