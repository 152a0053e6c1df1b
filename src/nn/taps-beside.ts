/** @file Where the border of a map reaches into a convolution: the taps that lie beside the map, at each position. */
import type { MapWindow } from './map-window.ts';

/**
 * For each position of the output and each tap of the kernel 1 where the tap lies beside the map, 0 where it lies on it:
 * the matrix [positions, taps], row by row.
 * @param map rows and columns that are read @param out rows and columns of the output
 */
export function tapsBeside(
  { window, stride, padding, dilation }: MapWindow,
  map: readonly [number, number],
  out: readonly [number, number],
): Float32Array<ArrayBuffer> {
  const [height, width] = out;
  const [rows, columns] = window;
  const on = (axis: 0 | 1, at: number, tap: number): boolean => {
    const place = at * stride[axis] + tap * dilation[axis] - padding[2 * axis]!;
    return place >= 0 && place < map[axis];
  };
  const beside = new Float32Array(height * width * rows * columns);
  let i = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let ky = 0; ky < rows; ky++)
        for (let kx = 0; kx < columns; kx++) beside[i++] = on(0, y, ky) && on(1, x, kx) ? 0 : 1;
  return beside;
}
