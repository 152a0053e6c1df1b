/**
 * @file Typed expressions: a tree of operations that TypeScript checks by type and `Code` checks by stack.
 * A plain number is a constant wherever i32, f32 or f64 is expected.
 */
import { float, signed } from './bytes.ts';
import type { Code } from './code.ts';
import { AssemblerError, type ValueType } from './types.ts';

export interface Expression<T extends ValueType | 'none'> {
  readonly type: T;
  emit(code: Code): void;
}

export type Operand<T extends ValueType> = Expression<T> | (T extends 'v128' ? never : number);

/** Something to do that leaves no value. */
export type Statement = Expression<'none'>;

/** A local variable or parameter: as an expression, its value. */
export interface Local<T extends ValueType> extends Expression<T> {
  readonly index: number;
}

/** Emits an operand, turning a number into a constant of the wanted type. */
export function emitOperand(code: Code, operand: Expression<ValueType> | number, type: ValueType): void {
  if (typeof operand !== 'number') {
    operand.emit(code);
    return;
  }
  if (type === 'v128') throw new AssemblerError('a number is no v128: use splat');
  const opcode = { i32: 0x41, f32: 0x43, f64: 0x44 }[type];
  const integer = type === 'i32';
  if (integer && !Number.isSafeInteger(operand)) throw new AssemblerError(`${operand} is no ${type}`);
  const immediate = integer ? signed(operand | 0) : float(operand, type === 'f32' ? 32 : 64);
  code.operation(`${type}.const`, opcode, [], type, immediate);
}

/** One operation on operands. */
export function operation<R extends ValueType | 'none'>(
  name: string,
  opcode: number,
  types: readonly ValueType[],
  result: R,
  operands: readonly (Expression<ValueType> | number)[],
  immediates: readonly number[] = [],
): Expression<R> {
  if (operands.length !== types.length) {
    throw new AssemblerError(`${name}: takes ${types.length} operands, found ${operands.length}`);
  }
  return {
    type: result,
    emit(code) {
      operands.forEach((operand, at) => {
        emitOperand(code, operand, types[at]!);
      });
      code.operation(name, opcode, types, result, immediates);
    },
  };
}
