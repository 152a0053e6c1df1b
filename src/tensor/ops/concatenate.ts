import type { Tensor } from '../interfaces.ts';
import { axisOf, stridesOf } from '../shape.ts';
import { tapeOf } from './tape-of.ts';

/** Tensors one after the other along an axis. Each gets its part of dy. */
export function concatenate(tensors: readonly Tensor[], axis: number): Tensor {
  const tape = tapeOf('concatenate', tensors);
  const first = tensors[0]!;
  const along = axisOf('concatenate', axis, first.shape);
  for (const { shape } of tensors)
    if (
      shape.length !== first.shape.length ||
      shape.some((length, i) => i !== along && length !== first.shape[i])
    )
      throw new Error(
        `concatenate: expected equal shapes but for axis ${along}, found [${first.shape}] and [${shape}]`,
      );
  const total = tensors.reduce((sum, { shape }) => sum + shape[along]!, 0);
  const shape = first.shape.map((length, i) => (i === along ? total : length));
  const strides = stridesOf(shape);
  let offset = 0;
  const places = tensors.map((x) => {
    const inY = { offset, strides };
    offset += x.shape[along]! * strides[along]!;
    return { x, inY, inX: { offset: 0, strides: stridesOf(x.shape) } };
  });
  const y = tape.result(shape, tensors);
  for (const { x, inX, inY } of places) tape.kernels.copy(x.data, y.data, x.shape, inX, inY);
  tape.record(y, (dy) => {
    for (const { x, inX, inY } of places)
      tape.receive(x, (dx) => tape.kernels.copy(dy, dx, x.shape, inY, inX));
  });
  return y;
}
