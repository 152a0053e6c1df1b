import type { Floats } from '../../kernels/kernels.ts';
import type { Tape, Tensor } from '../interfaces.ts';
import { broadcastShapes, broadcastStrides, type Shape, sizeOf, stridesOf } from '../shape.ts';
import { sumTo } from './sum-to.ts';
import { tapeOf } from './tape-of.ts';

/** The values of a tensor of one shape repeated to another, in memory of their own. */
export function repeated(tape: Tape, values: Floats, from: Shape, shape: Shape): Floats {
  const to = tape.scratch(sizeOf(shape));
  const source = { offset: 0, strides: broadcastStrides(from, shape) };
  tape.kernels.copy(values, to, shape, source, { offset: 0, strides: stridesOf(shape) });
  return to;
}

/** x repeated along axes of length 1 and new leading axes. dx sums over them. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  const tape = tapeOf('broadcastTo', [x]);
  const common = broadcastShapes('broadcastTo', x.shape, shape);
  if (common.join() !== shape.join())
    throw new Error(`broadcastTo: expected a shape that [${x.shape}] can be repeated to, found [${shape}]`);
  const y = tape.result(shape, [x]);
  y.data.set(repeated(tape, x.data, x.shape, shape));
  tape.record(y, (dy) => tape.receive(x, (dx) => dx.set(sumTo(tape, dy, shape, x.shape))));
  return y;
}
