import type { Conv2dShape } from '../kernels.ts';

/** One pair of pixels that a kernel tap connects: indices count pixels of x and y and taps of w, not values. */
export type Tap = (inPixel: number, outPixel: number, tap: number) => void;

/** Calls `visit` for every (input pixel, output pixel, kernel tap) of a convolution; padding connects nothing. */
export function forEachTap(shape: Conv2dShape, visit: Tap): void {
  const { batch, inHeight, inWidth, outHeight, outWidth, kernel, stride, padding } = shape;
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const outPixel = (image * outHeight + row) * outWidth + column;
        for (let i = 0; i < kernel; i++) {
          const y = row * stride + i - padding;
          if (y < 0 || y >= inHeight) continue;
          for (let j = 0; j < kernel; j++) {
            const x = column * stride + j - padding;
            if (x < 0 || x >= inWidth) continue;
            visit((image * inHeight + y) * inWidth + x, outPixel, i * kernel + j);
          }
        }
      }
    }
  }
}
