/**
 * @file Straight-line code for T X T^t with a small constant matrix T and four channels side by side in every vector.
 * Rows or columns of T that differ only in signs (the points p and -p) share their even and odd halves.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  type Local,
  multiplyAdd,
  v128,
} from '../../assembler/assembler.ts';
import type { Matrix } from './scheme.ts';

type Vector = Expression<'v128'>;

/** A matrix T whose constants are ready. */
export interface Transform {
  readonly matrix: Matrix;
  /** In locals, so that a loop does not build them anew. */
  readonly constants: ReadonlyMap<number, Local<'v128'>>;
  readonly relaxed: boolean;
}

/** Writes the constants of T into locals. */
export function prepareTransform(f: FunctionBuilder, matrix: Matrix, relaxed: boolean): Transform {
  const values = new Set(matrix.flat().filter((value) => value !== 0 && Math.abs(value) !== 1));
  const constants = new Map([...values].map((value) => [value, f.let(f32x4Constant(value))]));
  return { matrix, constants, relaxed };
}

/** The sum of row[i] * inputs[i]. */
function combine(
  row: readonly number[],
  inputs: readonly Vector[],
  { constants, relaxed }: Transform,
): Vector {
  const terms = row.map((factor, i) => [factor, inputs[i]!] as const).filter(([factor]) => factor !== 0);
  terms.sort(([a], [b]) => Number(Math.abs(b) === 1) - Number(Math.abs(a) === 1) || b - a);
  const [first, ...rest] = terms;
  if (!first) return f32x4Constant(0);
  const begin =
    first[0] === 1
      ? first[1]
      : first[0] === -1
        ? f32x4.neg(first[1])
        : f32x4.mul(constants.get(first[0])!, first[1]);
  return rest.reduce((sum, [factor, input]) => {
    if (factor === 1) return f32x4.add(sum, input);
    if (factor === -1) return f32x4.sub(sum, input);
    return multiplyAdd(constants.get(factor)!, input, sum, relaxed);
  }, begin);
}

/** True where u and v are equal, false where they are opposite, undefined if they differ otherwise or nowhere. */
function signs(u: readonly number[], v: readonly number[]): boolean[] | undefined {
  const equal = u.map((value, i) => value === v[i]);
  const paired = u.every((value, i) => Math.abs(value) === Math.abs(v[i]!));
  return paired && equal.some((same, i) => same && u[i] !== 0) && equal.includes(false) ? equal : undefined;
}

const masked = (row: readonly number[], keep: readonly boolean[], wanted: boolean): number[] =>
  row.map((value, i) => (keep[i] === wanted ? value : 0));

/** T x. */
function apply(f: FunctionBuilder, transform: Transform, inputs: readonly Local<'v128'>[]): Vector[] {
  const { matrix } = transform;
  const columns = matrix[0]!.map((_, i) => matrix.map((row) => row[i]!));
  for (let i = 0; i + 1 < columns.length; i++) {
    const same = signs(columns[i]!, columns[i + 1]!);
    if (!same) continue;
    // x[i] + x[i + 1] serves the rows where both factors are equal, x[i] - x[i + 1] the others.
    const sum = f.let(f32x4.add(inputs[i]!, inputs[i + 1]!));
    const difference = f.let(f32x4.sub(inputs[i]!, inputs[i + 1]!));
    const rows = matrix.map((row, r) =>
      row.map((value, c) =>
        c === i ? (same[r] ? value : 0) : c === i + 1 ? (same[r] ? 0 : row[i]!) : value,
      ),
    );
    const changed = inputs.map((input, c) => (c === i ? sum : c === i + 1 ? difference : input));
    return apply(f, { ...transform, matrix: rows }, changed);
  }
  const outputs: Vector[] = [];
  for (let r = 0; r < matrix.length; r++) {
    const row = matrix[r]!;
    const next = matrix[r + 1];
    const same = next && signs(row, next);
    if (!same) {
      outputs.push(combine(row, inputs, transform));
      continue;
    }
    const even = f.let(combine(masked(row, same, true), inputs, transform));
    const odd = f.let(combine(masked(row, same, false), inputs, transform));
    outputs.push(f32x4.add(even, odd), f32x4.sub(even, odd));
    r++;
  }
  return outputs;
}

/** T X T^t, X read by `load(i, j)` and the result written by `store(i, j, value)`; `temporary` points to scratch. */
export function transform2d(
  f: FunctionBuilder,
  transform: Transform,
  temporary: Local<'i32'>,
  load: (i: number, j: number) => Vector,
  store: (i: number, j: number, value: Vector) => void,
): void {
  const { matrix } = transform;
  const [rows, size] = [matrix.length, matrix[0]!.length];
  const inputs = f.locals(size, 'v128');
  for (let j = 0; j < size; j++) {
    inputs.forEach((input, i) => void f.set(input, load(i, j)));
    apply(f, transform, inputs).forEach((value, i) => {
      f.do(v128.store(temporary, value, 16 * (i * size + j)));
    });
  }
  for (let i = 0; i < rows; i++) {
    inputs.forEach((input, j) => void f.set(input, v128.load(temporary, 16 * (i * size + j))));
    apply(f, transform, inputs).forEach((value, j) => {
      store(i, j, value);
    });
  }
}
