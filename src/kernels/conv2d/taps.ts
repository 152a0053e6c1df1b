/** @file Which inputs the taps of a convolution's kernel connect with which outputs; padding connects nothing. */
import type { Conv2dShape } from '../kernels.ts';

/** A kernel over a map [height, width, ...]. */
export interface KernelOverMap {
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly stride: readonly [vertical: number, horizontal: number];
  readonly padding: readonly [top: number, bottom: number, left: number, right: number];
  readonly dilation: readonly [vertical: number, horizontal: number];
  readonly map: readonly [height: number, width: number, ...rest: number[]];
}

/** Calls `visit(position of the map, tap)` for each tap of one output position that lies inside the map: rows, then columns. */
export function eachTap(
  { kernelHeight, kernelWidth, stride, padding, dilation, map: [height, width] }: KernelOverMap,
  row: number,
  column: number,
  visit: (position: number, tap: number) => void,
): void {
  for (let ky = 0; ky < kernelHeight; ky++) {
    const y = row * stride[0] + ky * dilation[0] - padding[0];
    if (y < 0 || y >= height) continue;
    for (let kx = 0; kx < kernelWidth; kx++) {
      const x = column * stride[1] + kx * dilation[1] - padding[2];
      if (x < 0 || x >= width) continue;
      visit(y * width + x, ky * kernelWidth + kx);
    }
  }
}

/** Calls `visit` for every pair of pixels that a tap connects; indices count pixels of x and y and taps of w, not values. */
export function eachPair(
  shape: Conv2dShape,
  visit: (inPixel: number, outPixel: number, tap: number) => void,
): void {
  const { batch, inHeight, inWidth, outHeight, outWidth, kernel, stride, padding } = shape;
  const map = [inHeight, inWidth] as const;
  const window: KernelOverMap = {
    kernelHeight: kernel,
    kernelWidth: kernel,
    stride: [stride, stride],
    padding: [padding, padding, padding, padding],
    dilation: [1, 1],
    map,
  };
  let [firstOfImage, outPixel] = [0, 0];
  const visitTap = (position: number, tap: number): void => visit(firstOfImage + position, outPixel, tap);
  for (let image = 0; image < batch; image++) {
    firstOfImage = image * inHeight * inWidth;
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        outPixel = (image * outHeight + row) * outWidth + column;
        eachTap(window, row, column, visitTap);
      }
    }
  }
}
