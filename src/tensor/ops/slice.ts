import type { Slice, Tensor } from '../interfaces.ts';
import { type Shape, stridesOf } from '../shape.ts';
import { tapeOf } from './tape-of.ts';

interface Range {
  readonly from: number;
  readonly step: number;
  readonly count: number;
  /** The axis is gone. */
  readonly picked: boolean;
}

function rangeOf(part: Slice, length: number, axis: number, shape: Shape): Range {
  if (typeof part === 'number') {
    const from = part < 0 ? part + length : part;
    if (!Number.isInteger(from) || from < 0 || from >= length)
      throw new Error(`slice: expected a place in axis ${axis} of [${shape}], found ${part}`);
    return { from, step: 1, count: 1, picked: true };
  }
  const [from, to, step = 1] = part ?? [];
  if (step === 0) throw new Error('slice: expected a step other than 0');
  // Bounds outside are moved to the edge, as NumPy does.
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const place = (bound: number | null | undefined, otherwise: number): number =>
    bound === null || bound === undefined
      ? otherwise
      : Math.min(high, Math.max(low, bound < 0 ? bound + length : bound));
  const [begin, end] = [place(from, step > 0 ? low : high), place(to, step > 0 ? high : low)];
  return { from: begin, step, count: Math.max(0, Math.ceil((end - begin) / step)), picked: false };
}

/** The elements at from, from + step, ... of each axis. dx is 0 elsewhere. */
export function slice(x: Tensor, parts: readonly Slice[]): Tensor {
  const tape = tapeOf('slice', [x]);
  if (parts.length > x.shape.length)
    throw new Error(
      `slice: expected at most ${x.shape.length} parts for [${x.shape}], found ${parts.length}`,
    );
  const ranges = x.shape.map((length, axis) => rangeOf(parts[axis] ?? null, length, axis, x.shape));
  const counts = ranges.map(({ count }) => count);
  const strides = stridesOf(x.shape);
  const inX = {
    offset: ranges.reduce((sum, { from }, axis) => sum + from * strides[axis]!, 0),
    strides: ranges.map(({ step }, axis) => step * strides[axis]!),
  };
  const inY = { offset: 0, strides: stridesOf(counts) };
  const y = tape.result(
    ranges.filter(({ picked }) => !picked).map(({ count }) => count),
    [x],
  );
  tape.kernels.copy(x.data, y.data, counts, inX, inY);
  tape.record(y, (dy) =>
    tape.receive(x, (dx) => {
      dx.fill(0);
      tape.kernels.copy(dy, dx, counts, inY, inX);
    }),
  );
  return y;
}
