import { clipped } from '../clip/reference.ts';
import type { Conv2dShape, Floats, ThresholdClip } from '../kernels.ts';
import { eachPair } from './taps.ts';

/** y[out pixel, o] = clip(bias[o] + sum over taps and i of x[in pixel, i] w[tap, i, o]). */
export function conv2d(
  x: Floats,
  w: Floats,
  bias: Floats | null,
  fused: ThresholdClip | null,
  y: Floats,
  shape: Conv2dShape,
): void {
  const { inChannels, outChannels } = shape;
  for (let index = 0; index < y.length; index++) y[index] = bias ? bias[index % outChannels]! : 0;
  eachPair(shape, (inPixel, outPixel, tap) => {
    for (let i = 0; i < inChannels; i++) {
      const value = x[inPixel * inChannels + i]!;
      const row = (tap * inChannels + i) * outChannels;
      for (let o = 0; o < outChannels; o++) y[outPixel * outChannels + o]! += value * w[row + o]!;
    }
  });
  if (fused) clipped(y, fused.theta, fused.clip, y, outChannels);
}

/** dx[in pixel, i] = sum over taps and o of dy[out pixel, o] w[tap, i, o]. */
export function conv2dBackwardInput(dy: Floats, w: Floats, dx: Floats, shape: Conv2dShape): void {
  const { inChannels, outChannels } = shape;
  dx.fill(0);
  eachPair(shape, (inPixel, outPixel, tap) => {
    for (let i = 0; i < inChannels; i++) {
      const row = (tap * inChannels + i) * outChannels;
      let sum = 0;
      for (let o = 0; o < outChannels; o++) sum += dy[outPixel * outChannels + o]! * w[row + o]!;
      dx[inPixel * inChannels + i]! += sum;
    }
  });
}

/** dw[tap, i, o] = sum over the pixels that the tap connects of x[in pixel, i] dy[out pixel, o]. */
export function conv2dBackwardWeights(x: Floats, dy: Floats, dw: Floats, shape: Conv2dShape): void {
  const { inChannels, outChannels } = shape;
  dw.fill(0);
  eachPair(shape, (inPixel, outPixel, tap) => {
    for (let i = 0; i < inChannels; i++) {
      const value = x[inPixel * inChannels + i]!;
      const row = (tap * inChannels + i) * outChannels;
      for (let o = 0; o < outChannels; o++) dw[row + o]! += value * dy[outPixel * outChannels + o]!;
    }
  });
}
