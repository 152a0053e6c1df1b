/** @file Layers over maps by the general operations of tensors: any kernel, stride, padding, dilation and groups. */
import { avgPool as plainAvgPool } from '../tensor/ops/avg-pool.ts';
import { concatenate } from '../tensor/ops/concatenate.ts';
import { conv2d } from '../tensor/ops/conv2d-general.ts';
import { pad } from '../tensor/ops/pad.ts';
import { avgPool, maxPool } from '../tensor/ops/pool.ts';
import { reshape } from '../tensor/ops/reshape.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { AvgPoolLayer, Border, Conv2dLayer, MaxPoolLayer, PadLayer } from './architecture.ts';
import { plainPool } from './window-of-layer.ts';

/** The map on this tape; a vector [batch, values] is a map of one position. */
function mapOf(tape: Tape, x: Tensor): Tensor {
  const own = x.tape ? x : tape.use(x);
  const [batch, values] = own.shape;
  return own.shape.length === 2 ? reshape(own, [batch!, 1, 1, values!]) : own;
}

const edges = ([top, bottom, left, right]: Border) =>
  [
    [top, bottom],
    [left, right],
  ] as const;

export function generalConv2d(
  tape: Tape,
  { stride, padding, dilation, groups }: Conv2dLayer,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
): Tensor {
  return conv2d(mapOf(tape, x), weight, { stride, padding: edges(padding), dilation, groups, bias });
}

export function pool(tape: Tape, layer: AvgPoolLayer | MaxPoolLayer, x: Tensor): Tensor {
  const { window, stride } = layer;
  const options = { stride, padding: edges(layer.padding) };
  if (layer.kind === 'maxPool') return maxPool(mapOf(tape, x), window, options);
  const size = plainPool(layer);
  if (size !== null && x.shape.length === 4) return plainAvgPool(tape, x, size);
  return avgPool(mapOf(tape, x), window, { ...options, countPadding: layer.countPadding });
}

export function padMap(tape: Tape, { padding, value }: PadLayer, x: Tensor): Tensor {
  return pad(mapOf(tape, x), [[0, 0], ...edges(padding), [0, 0]], value);
}

/** Maps, or vectors, one after the other along the channels. */
export function concatChannels(tape: Tape, tensors: readonly Tensor[]): Tensor {
  const vectors = tensors.every(({ shape }) => shape.length === 2);
  return concatenate(
    tensors.map((x) => (vectors && x.tape ? x : mapOf(tape, x))),
    -1,
  );
}
