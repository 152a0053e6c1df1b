import type { Floats, PoolShape } from '../kernels.ts';

/** Calls `visit` with value indices into x and y for every pair that a window connects. */
function forEachPair(shape: PoolShape, visit: (x: number, y: number) => void): void {
  const { batch, inHeight, inWidth, channels, size } = shape;
  const outHeight = Math.floor(inHeight / size);
  const outWidth = Math.floor(inWidth / size);
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row < outHeight * size; row++) {
      for (let column = 0; column < outWidth * size; column++) {
        const from = ((image * inHeight + row) * inWidth + column) * channels;
        const to =
          ((image * outHeight + Math.floor(row / size)) * outWidth + Math.floor(column / size)) * channels;
        for (let c = 0; c < channels; c++) visit(from + c, to + c);
      }
    }
  }
}

/** y = mean of x over each window. */
export function avgPool(x: Floats, y: Floats, shape: PoolShape): void {
  const area = shape.size ** 2;
  y.fill(0);
  forEachPair(shape, (i, o) => {
    y[o]! += x[i]!;
  });
  for (let o = 0; o < y.length; o++) y[o]! /= area;
}

/** dx = dy / area inside the windows, 0 at a dropped edge. */
export function avgPoolBackward(dy: Floats, dx: Floats, shape: PoolShape): void {
  const area = shape.size ** 2;
  dx.fill(0);
  forEachPair(shape, (i, o) => {
    dx[i] = dy[o]! / area;
  });
}

/** y = the largest of x over each window. */
export function maxPool(x: Floats, y: Floats, shape: PoolShape): void {
  y.fill(Number.NEGATIVE_INFINITY);
  forEachPair(shape, (i, o) => {
    y[o] = Math.max(y[o]!, x[i]!);
  });
}

/** dx = dy at the first pixel that holds y, 0 elsewhere. */
export function maxPoolBackward(x: Floats, y: Floats, dy: Floats, dx: Floats, shape: PoolShape): void {
  const given = new Uint8Array(y.length);
  dx.fill(0);
  forEachPair(shape, (i, o) => {
    if (given[o] === 1 || x[i] !== y[o]) return;
    given[o] = 1;
    dx[i] = dy[o]!;
  });
}
