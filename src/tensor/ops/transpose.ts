import type { Tensor } from '../interfaces.ts';
import { axesOf, stridesOf } from '../shape.ts';
import { tapeOf } from './tape-of.ts';

/** Axis i of y is axis order[i] of x; reversed where no order is given. */
export function transpose(x: Tensor, axes: readonly number[]): Tensor {
  const tape = tapeOf('transpose', [x]);
  const order =
    axes.length === 0 ? x.shape.map((_, axis) => axis).toReversed() : axesOf('transpose', axes, x.shape);
  if (order.length !== x.shape.length)
    throw new Error(`transpose: expected every axis of [${x.shape}] once, found [${axes}]`);
  const shape = order.map((axis) => x.shape[axis]!);
  const from = stridesOf(x.shape);
  const inX = { offset: 0, strides: order.map((axis) => from[axis]!) };
  const inY = { offset: 0, strides: stridesOf(shape) };
  const y = tape.result(shape, [x]);
  tape.kernels.copy(x.data, y.data, shape, inX, inY);
  tape.record(y, (dy) => tape.receive(x, (dx) => tape.kernels.copy(dy, dx, shape, inY, inX)));
  return y;
}
