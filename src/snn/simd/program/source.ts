/** @file Where a kernel finds what the source of some synapses has sent, through a window of pool x pool positions. */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  type Operand,
} from '../../../kernels/assembler/assembler.ts';

type Value = Operand<'i32'>;

/** A position of the pooled map, in one image and step. */
export interface PooledPosition {
  readonly y: Value;
  readonly x: Value;
  readonly image: Value;
  readonly t: Value;
}

/** Sizes of the source. */
export interface SourceSizes {
  readonly pool: Value;
  readonly sourceWidth: Value;
  readonly sourcePositions: Value;
  /** Steps held at once. */
  readonly steps: Value;
}

/** The step of the source at row dy and column dx of the window: its index, (image * positions + position) * steps + t. */
export function sourceIndex(
  { y, x, image, t }: PooledPosition,
  { pool, sourceWidth, sourcePositions, steps }: SourceSizes,
  { dy, dx }: { readonly dy: Local<'i32'>; readonly dx: Local<'i32'> },
): Expression<'i32'> {
  const sourceRow = i32.mul(i32.add(i32.mul(y, pool), dy), sourceWidth);
  const position = i32.add(sourceRow, i32.add(i32.mul(x, pool), dx));
  const neuron = i32.add(i32.mul(image, sourcePositions), position);
  return i32.add(i32.mul(neuron, steps), t);
}

/** Runs body for each row dy and column dx of a window. */
export function eachInWindow(
  f: FunctionBuilder,
  { dy, dx }: { readonly dy: Local<'i32'>; readonly dx: Local<'i32'> },
  pool: Value,
  body: () => void,
): void {
  f.for(dy, 0, pool, 1, () => f.for(dx, 0, pool, 1, body));
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
