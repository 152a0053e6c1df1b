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

/** Runs body for each place of the map that lies in the window at (y, x), rows first. */
export function eachInWindow(
  f: FunctionBuilder,
  { row, column }: Place,
  sizes: WindowSizes,
  { y, x }: { readonly y: Value; readonly x: Value },
  body: () => void,
): void {
  const top = f.let(i32.sub(i32.mul(y, sizes.windowStrideY), sizes.windowTop));
  const left = f.let(i32.sub(i32.mul(x, sizes.windowStrideX), sizes.windowLeft));
  const endRow = f.let(i32.min_s(i32.add(top, sizes.windowHeight), sizes.sourceHeight));
  const endColumn = f.let(i32.min_s(i32.add(left, sizes.windowWidth), sizes.sourceWidth));
  f.for(row, i32.max_s(top, 0), endRow, 1, () => f.for(column, i32.max_s(left, 0), endColumn, 1, body));
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
