/** @file Convolution of every channel by itself, in plain loops. */
import type { DepthwiseShape, Floats } from '../kernels.ts';

/** Calls `visit` with the first indices of x, w and y for every tap of every output that lies on the map. */
function eachTap(shape: DepthwiseShape, visit: (x: number, w: number, y: number) => void): void {
  const { batch, inHeight, inWidth, outHeight, outWidth, channels } = shape;
  const { kernel, stride, before, dilation } = shape;
  for (let image = 0; image < batch; image++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++) {
        const to = ((image * outHeight + row) * outWidth + column) * channels;
        for (let ky = 0; ky < kernel[0]; ky++) {
          const y = row * stride[0] + ky * dilation[0] - before[0];
          if (y < 0 || y >= inHeight) continue;
          for (let kx = 0; kx < kernel[1]; kx++) {
            const x = column * stride[1] + kx * dilation[1] - before[1];
            if (x < 0 || x >= inWidth) continue;
            visit(((image * inHeight + y) * inWidth + x) * channels, (ky * kernel[1] + kx) * channels, to);
          }
        }
      }
}

/** y = x * w, each channel by itself. */
export function depthwise(x: Floats, w: Floats, y: Floats, shape: DepthwiseShape): void {
  y.fill(0);
  eachTap(shape, (from, tap, to) => {
    for (let c = 0; c < shape.channels; c++) y[to + c]! += x[from + c]! * w[tap + c]!;
  });
}

/** dx: what every input adds to the outputs that see it. */
export function depthwiseBackwardInput(dy: Floats, w: Floats, dx: Floats, shape: DepthwiseShape): void {
  dx.fill(0);
  eachTap(shape, (from, tap, to) => {
    for (let c = 0; c < shape.channels; c++) dx[from + c]! += dy[to + c]! * w[tap + c]!;
  });
}

/** dw: what every weight adds to all outputs. */
export function depthwiseBackwardWeights(x: Floats, dy: Floats, dw: Floats, shape: DepthwiseShape): void {
  dw.fill(0);
  eachTap(shape, (from, tap, to) => {
    for (let c = 0; c < shape.channels; c++) dw[tap + c]! += x[from + c]! * dy[to + c]!;
  });
}
