/**
 * @file A convolution behind a border that is not 0, without the border: what it gives is the same for every image, and is added to the
 * convolution with zeros in its place,
 *
 *     y[p, o] = conv(x)[p, o] + value * sum over the taps k beside the map at p, and inputs i, of w[k, i, o]
 */
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Conv2dLayer, PadLayer } from './architecture.ts';
import type { Border } from './map-window.ts';
import { tapsBeside } from './taps-beside.ts';
import { windowOfLayer } from './window-of-layer.ts';

/** The convolution that sees the border as zeros of its own; null where there is none to take in. */
export function withBorder({ padding, value }: PadLayer, conv: Conv2dLayer): Conv2dLayer | null {
  if (value === 0 || conv.padding.some((side) => side > 0)) return null;
  return { ...conv, padding: [...padding] as unknown as Border };
}

/**
 * @param y of the convolution with zeros, [batch, height, width, outputs]
 * @param map rows and columns of its input, without the border
 */
export function addBorder(
  tape: Tape,
  y: Tensor,
  weight: Tensor,
  layer: Conv2dLayer,
  value: number,
  map: readonly [number, number],
): Tensor {
  const [, height, width, outputs] = y.shape as [number, number, number, number];
  const beside = tapsBeside(windowOfLayer(layer), map, [height, width]);
  const taps = layer.kernel[0] * layer.kernel[1];
  const weights = tape.use(weight).reshape(taps, -1, outputs).sum(1);
  const constant = tape.array(beside).reshape(-1, taps).matmul(weights).mul(value);
  return y.add(constant.reshape(1, height, width, outputs)) as Tensor;
}
