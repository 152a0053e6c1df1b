/** @file Values seen through windows: their sums, of which the division by the window's size is in the scaled weights, and their largest. */
import { type MapShape, mapSize } from '../nn/architecture.ts';
import type { MapWindow } from '../nn/map-window.ts';
import { type Geometry, isTrivial } from './geometry.ts';

/** The rows top.. bottom - 1 and columns left.. right - 1 of the map that lie in the window at (y, x). */
function cornersOf(
  { window, stride, padding }: MapWindow,
  [height, width]: MapShape,
  y: number,
  x: number,
): { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number } {
  const [top, left] = [y * stride[0] - padding[0], x * stride[1] - padding[2]];
  return {
    top: Math.max(0, top),
    bottom: Math.min(height, top + window[0]),
    left: Math.max(0, left),
    right: Math.min(width, left + window[1]),
  };
}

/** Calls `visit` with every position of the map that lies in the window at (y, x), rows first, then columns. */
export function eachInWindow(
  window: MapWindow,
  map: MapShape,
  y: number,
  x: number,
  visit: (position: number) => void,
): void {
  const { top, bottom, left, right } = cornersOf(window, map, y, x);
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) visit(row * map[1] + column);
}

/**
 * Adds every value to the sums of its windows, rows first, then columns: a fixed order, which float32 sums need.
 * @param values [height, width, channels] of what is sent
 * @param sums [map]: all 0
 * @returns the sums
 */
export function sumWindows<T extends Float32Array | Float64Array>(
  { pool, map, sent }: Pick<Geometry, 'pool' | 'map' | 'sent'>,
  values: ArrayLike<number>,
  sums: T,
): T {
  const [height, width, channels] = map;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * channels;
      const { top, bottom, left, right } = cornersOf(pool, sent, y, x);
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) {
          const at = (row * sent[1] + column) * channels;
          for (let c = 0; c < channels; c++) sums[to + c]! += values[at + c]!;
        }
    }
  return sums;
}

/**
 * The largest value of each window and channel.
 * @param values [height, width, channels] of the source
 * @param largest [sent]: overwritten
 */
export function largestOfWindows<T extends Float32Array | Float64Array | Int32Array>(
  window: MapWindow,
  source: MapShape,
  sent: MapShape,
  values: ArrayLike<number>,
  largest: T,
): T {
  const [height, width, channels] = sent;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * channels;
      let first = true;
      eachInWindow(window, source, y, x, (position) => {
        const at = position * channels;
        for (let c = 0; c < channels; c++)
          if (first || values[at + c]! > largest[to + c]!) largest[to + c] = values[at + c]!;
        first = false;
      });
    }
  return largest;
}

/**
 * What synapses see of their source's values: the largest of each window, where there are such windows, then sums over those of
 * the mean. Of counts, rates, and bounds of how far they are off: the maximum of windows moves no further than its values do.
 * @param make an array of zeros
 */
export function pooledValues<T extends Float32Array | Float64Array>(
  geometry: Pick<Geometry, 'maxPool' | 'source' | 'sent' | 'pool' | 'map'>,
  values: ArrayLike<number>,
  make: (length: number) => T,
): ArrayLike<number> {
  const { maxPool, source, sent, pool, map } = geometry;
  const handed = maxPool ? largestOfWindows(maxPool, source, sent, values, make(mapSize(sent))) : values;
  return isTrivial(pool) ? handed : sumWindows(geometry, handed, make(mapSize(map)));
}
