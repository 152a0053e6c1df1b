/**
 * @file From the tables of operations to functions: all those whose name begins with `f32x4.` become one object.
 * Types and functions both come from the tables, so an operation exists as soon as its row does. The tables hold those that our
 * programs use, not all that WebAssembly has: every page that runs a network loads them.
 */
import { unsigned } from './bytes.ts';
import { type Expression, type Operand, operation, type Statement } from './expression.ts';
import { FLOAT_VECTOR } from './float-vector-operations.ts';
import { INTEGER_VECTOR } from './integer-vector-operations.ts';
import { LOAD, REPLACE_LANE, STORE, STORE_LANE } from './memory-operations.ts';
import { SCALAR } from './scalar-operations.ts';
import { AssemblerError, type ValueType } from './types.ts';

type Address = Operand<'i32'>;
type Vector = Operand<'v128'>;
type Operands<P> = { [I in keyof P]: P[I] extends ValueType ? Operand<P[I]> : never };
type Plain = typeof SCALAR & typeof FLOAT_VECTOR & typeof INTEGER_VECTOR;
type Row = readonly [number, ValueType, number];

/** `offset` is a constant number of bytes added to the address for free. */
type Load<T extends Row> = (address: Address, offset?: number) => Expression<T[1]>;
type Store<T extends Row> = (address: Address, value: Operand<T[1]>, offset?: number) => Statement;
type Replace<T extends Row> = (value: Vector, element: number, newValue: Operand<T[1]>) => Expression<'v128'>;
type StoreLane = (address: Address, value: Vector, element: number, offset?: number) => Statement;
type Compute<T> = T extends readonly [number, infer R extends ValueType, ...infer P]
  ? (...operands: Operands<P>) => Expression<R>
  : never;

type Under<Table, Prefix extends string> = keyof Table & `${Prefix}.${string}`;
type Tail<K> = K extends `${string}.${infer N}` ? N : never;

/** All operations whose name begins with `Prefix.` */
export type Namespace<Prefix extends string> = {
  readonly [K in Under<Plain, Prefix> as Tail<K>]: Compute<Plain[K]>;
} & { readonly [K in Under<typeof LOAD, Prefix> as Tail<K>]: Load<(typeof LOAD)[K]> } & {
  readonly [K in Under<typeof STORE, Prefix> as Tail<K>]: Store<(typeof STORE)[K]>;
} & { readonly [K in Under<typeof REPLACE_LANE, Prefix> as Tail<K>]: Replace<(typeof REPLACE_LANE)[K]> } & {
  readonly [K in Under<typeof STORE_LANE, Prefix> as Tail<K>]: StoreLane;
};

type Any = Expression<ValueType> | number;

/** The immediates of a memory access: the alignment hint (log2) and the offset. */
function memoryArgument(bytes: number, offset: number): number[] {
  if (!Number.isInteger(offset) || offset < 0)
    throw new AssemblerError(`offset ${offset} is no whole number >= 0`);
  return [Math.log2(bytes), ...unsigned(offset)];
}

/** The immediate that names one element of a vector (WebAssembly calls it a lane). */
export function elementIndex(name: string, index: number, count: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new AssemblerError(`${name}: element ${index} of ${count}`);
  }
  return index;
}

const all: Record<string, (...operands: never[]) => Expression<ValueType | 'none'>> = {};

for (const table of [SCALAR, FLOAT_VECTOR, INTEGER_VECTOR]) {
  for (const [name, [opcode, result, ...types]] of Object.entries(table)) {
    all[name] = (...operands: Any[]) => operation(name, opcode, types, result, operands);
  }
}
for (const [name, [opcode, type, bytes]] of Object.entries(LOAD)) {
  all[name] = (address: Any, offset = 0) =>
    operation(name, opcode, ['i32'], type, [address], memoryArgument(bytes, offset));
}
for (const [name, [opcode, type, bytes]] of Object.entries(STORE)) {
  all[name] = (address: Any, value: Any, offset = 0) =>
    operation(name, opcode, ['i32', type], 'none', [address, value], memoryArgument(bytes, offset));
}
for (const [name, [opcode, type, count]] of Object.entries(REPLACE_LANE)) {
  all[name] = (value: Any, at: number, newValue: Any) =>
    operation(name, opcode, ['v128', type], 'v128', [value, newValue], [elementIndex(name, at, count)]);
}
for (const [name, [opcode, bytes, count]] of Object.entries(STORE_LANE)) {
  all[name] = (address: Any, value: Any, at: number, offset = 0) =>
    operation(
      name,
      opcode,
      ['i32', 'v128'],
      'none',
      [address, value],
      [...memoryArgument(bytes, offset), elementIndex(name, at, count)],
    );
}

/** The operations under one prefix. */
export function namespace<P extends string>(prefix: P): Namespace<P> {
  const names = Object.keys(all).filter((name) => name.startsWith(`${prefix}.`));
  return Object.fromEntries(names.map((name) => [name.slice(prefix.length + 1), all[name]])) as Namespace<P>;
}
