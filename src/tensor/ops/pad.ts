import type { Tensor } from '../interfaces.ts';
import { stridesOf } from '../shape.ts';
import { tapeOf } from './tape-of.ts';

/** x with constants around it. dx is dy without the border. */
export function pad(
  x: Tensor,
  widths: readonly (readonly [before: number, after: number])[],
  value = 0,
): Tensor {
  const tape = tapeOf('pad', [x]);
  if (
    widths.length !== x.shape.length ||
    !widths.flat().every((width) => Number.isInteger(width) && width >= 0)
  )
    throw new Error(
      `pad: expected [before, after] for each axis of [${x.shape}], found ${JSON.stringify(widths)}`,
    );
  const shape = x.shape.map((length, axis) => widths[axis]![0] + length + widths[axis]![1]);
  const strides = stridesOf(shape);
  const inX = { offset: 0, strides: stridesOf(x.shape) };
  const inY = { offset: widths.reduce((sum, [before], axis) => sum + before * strides[axis]!, 0), strides };
  const y = tape.result(shape, [x]);
  y.data.fill(value);
  tape.kernels.copy(x.data, y.data, x.shape, inX, inY);
  tape.record(y, (dy) => tape.receive(x, (dx) => tape.kernels.copy(dy, dx, x.shape, inY, inX)));
  return y;
}
