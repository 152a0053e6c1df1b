/** @file Sums, means and the like over axes. */

import type { Value } from '../../kernels/elementwise/operation.ts';
import { MapProgram } from '../../kernels/elementwise/program.ts';
import { flatRows } from '../../kernels/elementwise/rows.ts';
import { Traced } from '../../kernels/elementwise/traced.ts';
import type { Floats } from '../../kernels/kernels.ts';
import type { ReduceOptions, Tensor, VarianceOptions } from '../interfaces.ts';
import { type Axes, axesOf, axisOf, type Shape, sizeOf } from '../shape.ts';
import { reduceAxes } from './reduce-axes.ts';
import { repeated } from './repeat.ts';
import { tapeOf } from './tape-of.ts';

const kept = (shape: Shape, axes: readonly number[]): number[] =>
  shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
const dropped = (shape: Shape, axes: readonly number[]): number[] =>
  shape.filter((_, axis) => !axes.includes(axis));

/** y = the sum over axes. dx = dy, repeated. */
export function sum(x: Tensor, axes: Axes, { keepDims = false }: ReduceOptions = {}): Tensor {
  const tape = tapeOf('sum', [x]);
  const over = axesOf('sum', axes, x.shape);
  const y = tape.result(keepDims ? kept(x.shape, over) : dropped(x.shape, over), [x]);
  y.data.set(reduceAxes(tape, 'sum', x.data, x.shape, over));
  tape.record(y, (dy) => tape.give(x, repeated(tape, dy, kept(x.shape, over), x.shape)));
  return y;
}

/** The mean over axes. */
export function mean(x: Tensor, axes: Axes, options: ReduceOptions = {}): Tensor {
  const over = axesOf('mean', axes, x.shape);
  return sum(x, over, options).div(countOf(x, over));
}

/** The mean square distance from the mean, the divisor less by `correction` (1: the unbiased estimate). */
export function variance(
  x: Tensor,
  axes: Axes,
  { correction = 0, ...options }: VarianceOptions = {},
): Tensor {
  const over = axesOf('variance', axes, x.shape);
  const deviation = x.sub(mean(x, over, { keepDims: true }));
  return sum(deviation.square(), over, options).div(countOf(x, over) - correction);
}

const countOf = (x: Tensor, axes: readonly number[]): number => sizeOf(axes.map((axis) => x.shape[axis]!));

const [x0, y0, dy0, count0] = [0, 1, 2, 3].map(Traced.input) as [Value, Value, Value, Value];
const IS_EXTREME = new MapProgram([x0.equal(y0)]);
const SHARE = new MapProgram([x0.equal(y0).mul(dy0.div(count0))]);

/** The largest or smallest value over axes. dy goes in equal parts to all elements that have it. */
export function extreme(
  kind: 'max' | 'min',
  x: Tensor,
  axes: Axes,
  { keepDims = false }: ReduceOptions = {},
): Tensor {
  const tape = tapeOf(kind, [x]);
  const over = axesOf(kind, axes, x.shape);
  const small = kept(x.shape, over);
  const y = tape.result(keepDims ? small : dropped(x.shape, over), [x]);
  y.data.set(reduceAxes(tape, kind, x.data, x.shape, over));
  tape.record(y, (dy) =>
    tape.receive(x, (dx) => {
      const wide = [y.data, dy].map((values) => repeated(tape, values, small, x.shape)) as [Floats, Floats];
      const rows = (operands: number) => flatRows(x.size, Array<boolean>(operands).fill(false));
      tape.kernels.map(IS_EXTREME, [x.data, wide[0]], [dx], rows(2));
      const count = repeated(tape, reduceAxes(tape, 'sum', dx, x.shape, over), small, x.shape);
      tape.kernels.map(SHARE, [x.data, ...wide, count], [dx], rows(4));
    }),
  );
  return y;
}

/** Where along an axis the first of the largest values is, as whole numbers. No gradient. */
export function argmax(x: Tensor, axis: number): Tensor {
  const tape = tapeOf('argmax', [x]);
  const at = axisOf('argmax', axis, x.shape);
  const length = x.shape[at]!;
  const inner = sizeOf(x.shape.slice(at + 1));
  const y = tape.tensor(dropped(x.shape, [at]));
  for (let i = 0; i < y.size; i++) {
    const first = Math.floor(i / inner) * length * inner + (i % inner);
    let best = 0;
    for (let k = 1; k < length; k++) if (x.data[first + k * inner]! > x.data[first + best * inner]!) best = k;
    y.data[i] = best;
  }
  return y;
}
