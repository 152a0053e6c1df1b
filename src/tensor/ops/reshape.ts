import type { Tape, Tensor } from '../interfaces.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { tapeOf } from './tape-of.ts';

/** The same memory in another shape; one length may be -1 and is then worked out. dx = dy. */
export function reshape(x: Tensor, lengths: Shape, tape: Tape = tapeOf('reshape', [x])): Tensor {
  const known = sizeOf(lengths.filter((length) => length !== -1));
  const shape = lengths.map((length) => (length === -1 ? x.size / known : length));
  const open = lengths.filter((length) => length === -1).length;
  if (
    open > 1 ||
    sizeOf(shape) !== x.size ||
    !shape.every((length) => Number.isInteger(length) && length >= 0)
  )
    throw new Error(`reshape: expected a shape of ${x.size} elements for [${x.shape}], found [${lengths}]`);
  const y = tape.reshaped(x, shape);
  tape.record(y, (dy) => tape.give(x, dy));
  return y;
}
