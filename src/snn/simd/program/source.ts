/** @file Where a kernel finds what the source of some synapses has sent, through windows of its map. */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  type Operand,
} from '../../../kernels/assembler/assembler.ts';
import { WINDOW_FIELDS, type WindowField } from './layouts/window.ts';
import { loadFields, type Reader } from './reader.ts';

type Value = Operand<'i32'>;

/** The windows and the map that they move over. */
export type WindowSizes = Readonly<Record<WindowField, Local<'i32'>>>;

/** A place of the source's map: the row and the column of what is sent. */
export interface Place {
  readonly row: Local<'i32'>;
  readonly column: Local<'i32'>;
}

/** The fields of windows, each in a local of its own. */
export const windowSizes = <F extends string>(
  f: FunctionBuilder,
  read: Reader<F | WindowField>,
  at: Local<'i32'>,
): WindowSizes => loadFields<F | WindowField, WindowField>(f, read, at, WINDOW_FIELDS);

/** What the source sent at a place in step t: its index, (image * positions + position) * steps + t. */
export function sourceIndex(
  { row, column }: Place,
  { image, t, steps }: { readonly image: Value; readonly t: Value; readonly steps: Value },
  { sourceWidth, sourcePositions }: WindowSizes,
): Expression<'i32'> {
  const position = i32.add(i32.mul(row, sourceWidth), column);
  const neuron = i32.add(i32.mul(image, sourcePositions), position);
  return i32.add(i32.mul(neuron, steps), t);
}

/** Where a window begins and ends in the map, in one direction. */
export interface Span {
  readonly first: Local<'i32'>;
  readonly end: Local<'i32'>;
}

/** The rows of the windows at row `y` of their map. */
export function windowRows(f: FunctionBuilder, sizes: WindowSizes, y: Value): Span {
  const top = f.let(i32.sub(i32.mul(y, sizes.windowStrideY), sizes.windowTop));
  const end = f.let(i32.min_s(i32.add(top, sizes.windowHeight), sizes.sourceHeight));
  return { first: f.let(i32.max_s(top, 0)), end };
}

/** The columns of the windows at column `x` of their map. */
export function windowColumns(f: FunctionBuilder, sizes: WindowSizes, x: Value): Span {
  const left = f.let(i32.sub(i32.mul(x, sizes.windowStrideX), sizes.windowLeft));
  const end = f.let(i32.min_s(i32.add(left, sizes.windowWidth), sizes.sourceWidth));
  return { first: f.let(i32.max_s(left, 0)), end };
}

/** Runs body for each place of the map that lies in these rows and columns, rows first. */
export function eachPlace(
  f: FunctionBuilder,
  { row, column }: Place,
  rows: Span,
  columns: Span,
  body: () => void,
): void {
  f.for(row, rows.first, rows.end, 1, () => f.for(column, columns.first, columns.end, 1, body));
}

/** A number's rest and quotient: most tasks are numbered image by image, row by row. */
export function divide(
  f: FunctionBuilder,
  number: Value,
  by: Value,
): { readonly rest: Local<'i32'>; readonly quotient: Local<'i32'> } {
  const rest = f.let(i32.rem_u(number, by));
  return { rest, quotient: f.let(i32.div_u(number, by)) };
}
