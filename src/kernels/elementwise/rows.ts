/**
 * @file Broadcasting as rows: the output is cut into rows of equal length (the last may be shorter); in each row an operand is
 * either a run of its own values or one value for the whole row.
 */

/** Rows of operands that broadcast with each other. */
export interface Rows {
  readonly count: number;
  /** Values in a row. */
  readonly length: number;
  /** Values in all: the last row ends here. */
  readonly total: number;
  readonly operands: readonly Operand[];
}

/** Where the rows of one operand begin. */
export interface Operand {
  /** One value serves the whole row. */
  readonly single: boolean;
  /** Where each row begins in the operand. */
  readonly offsets: Int32Array;
}

/** Values per row where nothing is broadcast: a chunk that one thread takes. */
export const FLAT = 8192;
/** Rows shorter than this are not worth a vector loop. */
export const SHORT = 32;

/** Rows over `total` values that `operands` operands all have; `single` ones have a single value. */
export function flatRows(total: number, single: readonly boolean[]): Rows {
  const count = Math.ceil(total / FLAT);
  const steps = Int32Array.from({ length: count }, (_, r) => r * FLAT);
  const zeros = new Int32Array(count);
  const operands = single.map((one) => ({ single: one, offsets: one ? zeros : steps }));
  return { count, length: FLAT, total, operands };
}

/** An axis of the output, or several that every operand treats alike. */
interface Run {
  length: number;
  /** Which operands move along it. */
  readonly moves: readonly boolean[];
}

/** Neighbouring axes with the same movers become one; axes of length 1 vanish. The last is the innermost. */
function runsOf(shape: readonly number[], operands: readonly (readonly number[])[]): Run[] {
  const runs: Run[] = [];
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const moves = operands.map((own) => (own[own.length - shape.length + axis] ?? 1) !== 1);
    const last = runs.at(-1);
    if (last?.moves.every((move, i) => move === moves[i])) last.length *= length;
    else runs.push({ length, moves });
  });
  return runs;
}

/**
 * Rows of an output of this shape from operands of these shapes, which must be broadcastable to it.
 * Null: the innermost rows would be too short; write the broadcast operands out first.
 */
export function broadcastRows(
  shape: readonly number[],
  operands: readonly (readonly number[])[],
): Rows | null {
  const total = shape.reduce((product, length) => product * length, 1);
  const runs = runsOf(shape, operands);
  const inner = runs.pop();
  if (!inner || runs.length === 0)
    return flatRows(
      total,
      operands.map((_, i) => !inner?.moves[i]),
    );
  if (inner.length < SHORT) return null;
  const count = total / inner.length;
  return {
    count,
    length: inner.length,
    total,
    operands: operands.map((_, i) => ({
      single: !inner.moves[i],
      offsets: offsetsOf(runs, i, inner.moves[i] ? inner.length : 1, count),
    })),
  };
}

/** Where each row begins in operand `i`, whose own rows have `length` values. */
function offsetsOf(runs: readonly Run[], i: number, length: number, count: number): Int32Array {
  const offsets = new Int32Array(count);
  let [filled, stride] = [1, length];
  for (const run of runs.toReversed()) {
    const step = run.moves[i] ? stride : 0;
    for (let k = 1; k < run.length; k++)
      for (let r = 0; r < filled; r++) offsets[k * filled + r] = offsets[r]! + k * step;
    filled *= run.length;
    if (run.moves[i]) stride *= run.length;
  }
  return offsets;
}
