/**
 * @file What an element-wise operation is: its name, its value and its slopes, as expressions. From this one text come the
 * plain loop in float32 and float64 (reference.ts), the SIMD kernel (simd-map.ts) and the gradient (differentiate.ts).
 */
import type { Expression } from '../assembler/assembler.ts';
import type { Elementwise } from './elementwise.ts';

/** What a machine does in one go. Comparisons give 1 or 0; in vectors, a mask. */
export interface Instruction {
  plain(...x: number[]): number;
  simd(...x: Expression<'v128'>[]): Expression<'v128'>;
  readonly comparison?: true;
  /** Its first argument is a condition: in vectors, a mask. */
  readonly condition?: true;
}

/** An elementwise operation: its value, and its slopes. */
export interface Operation {
  readonly name: string;
  readonly instruction?: Instruction;
  /** Its value in terms of other operations; in float32 only where `float64` says what it is there. */
  readonly formula?: (...x: Value[]) => Value;
  readonly float64?: (...x: number[]) => number;
  /** dy/dx for every x, at x with value y; a number is a constant slope. Absent: the chain rule through the formula. */
  readonly slopes?: (y: Value, ...x: Value[]) => readonly (Value | number)[];
}

/** An expression: a call of an operation, an input or a constant. Its methods build larger ones; nothing is computed. */
export interface Value extends Elementwise<Value> {
  /** Null: an input or a constant. */
  readonly operation: Operation | null;
  readonly operands: readonly Value[];
  /** The index of an input, else null. */
  readonly input: number | null;
  /** The value of a constant, else NaN. */
  readonly constant: number;
  apply(operation: Operation, ...others: readonly (Value | number)[]): Value;
}

/** An operation that is one instruction. */
export function instruction(
  name: string,
  plain: Instruction['plain'],
  simd: Instruction['simd'],
  slopes?: (...x: Value[]) => readonly (Value | number)[],
): Operation {
  return { name, instruction: { plain, simd }, ...(slopes && { slopes: (_, ...x) => slopes(...x) }) };
}

/** 1 where the relation holds, else 0; its slopes are 0. */
export function comparison(
  name: string,
  plain: (a: number, b: number) => boolean,
  simd: Instruction['simd'],
): Operation {
  return {
    name,
    instruction: { plain: (a, b) => Number(plain(a!, b!)), simd, comparison: true },
    slopes: () => [0, 0],
  };
}

/** Coefficients of rising powers, by Horner's rule. */
export function polynomial(x: Value, ...coefficients: readonly number[]): Value {
  return coefficients
    .slice(0, -1)
    .reduceRight<Value | number>((sum, c) => x.mul(sum).add(c), coefficients.at(-1)!) as Value;
}
