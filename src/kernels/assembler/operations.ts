/**
 * @file The operations under their own names: `f32x4.add(a, b)`, `v128.load(pointer, 16)`, `i32.store(pointer, value)`.
 * Types and functions both come from the tables, so an operation exists as soon as its row does.
 *
 * @example
 * f32x4.add(v128.load(0), v128.load(16)).type; // 'v128'
 */
import { unsigned } from './bytes.ts';
import { type Expression, type Operand, operation, type Statement } from './expression.ts';
import { FLOAT_VECTOR } from './float-vector-operations.ts';
import { INTEGER_VECTOR } from './integer-vector-operations.ts';
import {
  ATOMIC,
  EXTRACT_LANE,
  LOAD,
  LOAD_LANE,
  REPLACE_LANE,
  STORE,
  STORE_LANE,
} from './memory-operations.ts';
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
type Atomic<T extends Row> = (address: Address, value: Operand<T[1]>, offset?: number) => Expression<T[1]>;
type Extract<T extends Row> = (value: Vector, lane: number) => Expression<T[1]>;
type Replace<T extends Row> = (value: Vector, lane: number, element: Operand<T[1]>) => Expression<'v128'>;
type LoadLane = (address: Address, value: Vector, lane: number, offset?: number) => Expression<'v128'>;
type StoreLane = (address: Address, value: Vector, lane: number, offset?: number) => Statement;
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
} & { readonly [K in Under<typeof ATOMIC, Prefix> as Tail<K>]: Atomic<(typeof ATOMIC)[K]> } & {
  readonly [K in Under<typeof EXTRACT_LANE, Prefix> as Tail<K>]: Extract<(typeof EXTRACT_LANE)[K]>;
} & { readonly [K in Under<typeof REPLACE_LANE, Prefix> as Tail<K>]: Replace<(typeof REPLACE_LANE)[K]> } & {
  readonly [K in Under<typeof LOAD_LANE, Prefix> as Tail<K>]: LoadLane;
} & { readonly [K in Under<typeof STORE_LANE, Prefix> as Tail<K>]: StoreLane };

type Any = Expression<ValueType> | number;

/** The alignment hint (log2) and the offset. */
function place(bytes: number, offset: number): number[] {
  if (!Number.isInteger(offset) || offset < 0)
    throw new AssemblerError(`offset ${offset} is no whole number >= 0`);
  return [Math.log2(bytes), ...unsigned(offset)];
}

function lane(name: string, index: number, lanes: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= lanes) {
    throw new AssemblerError(`${name}: lane ${index} of ${lanes}`);
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
    operation(name, opcode, ['i32'], type, [address], place(bytes, offset));
}
for (const [name, [opcode, type, bytes]] of Object.entries(STORE)) {
  all[name] = (address: Any, value: Any, offset = 0) =>
    operation(name, opcode, ['i32', type], 'none', [address, value], place(bytes, offset));
}
for (const [name, [opcode, type, bytes]] of Object.entries(ATOMIC)) {
  all[name] = (address: Any, value: Any, offset = 0) =>
    operation(name, opcode, ['i32', type], type, [address, value], place(bytes, offset));
}
for (const [name, [opcode, type, lanes]] of Object.entries(EXTRACT_LANE)) {
  all[name] = (value: Any, at: number) =>
    operation(name, opcode, ['v128'], type, [value], [lane(name, at, lanes)]);
}
for (const [name, [opcode, type, lanes]] of Object.entries(REPLACE_LANE)) {
  all[name] = (value: Any, at: number, element: Any) =>
    operation(name, opcode, ['v128', type], 'v128', [value, element], [lane(name, at, lanes)]);
}
for (const [name, [opcode, bytes, lanes]] of Object.entries(LOAD_LANE)) {
  all[name] = (address: Any, value: Any, at: number, offset = 0) =>
    operation(
      name,
      opcode,
      ['i32', 'v128'],
      'v128',
      [address, value],
      [...place(bytes, offset), lane(name, at, lanes)],
    );
}
for (const [name, [opcode, bytes, lanes]] of Object.entries(STORE_LANE)) {
  all[name] = (address: Any, value: Any, at: number, offset = 0) =>
    operation(
      name,
      opcode,
      ['i32', 'v128'],
      'none',
      [address, value],
      [...place(bytes, offset), lane(name, at, lanes)],
    );
}

function namespace<P extends string>(prefix: P): Namespace<P> {
  const names = Object.keys(all).filter((name) => name.startsWith(`${prefix}.`));
  return Object.fromEntries(names.map((name) => [name.slice(prefix.length + 1), all[name]])) as Namespace<P>;
}

export const i32: Namespace<'i32'> = namespace('i32');
export const i64: Namespace<'i64'> = namespace('i64');
export const f32: Namespace<'f32'> = namespace('f32');
export const f64: Namespace<'f64'> = namespace('f64');
export const v128: Namespace<'v128'> = namespace('v128');
export const i8x16: Namespace<'i8x16'> = namespace('i8x16');
export const i16x8: Namespace<'i16x8'> = namespace('i16x8');
export const i32x4: Namespace<'i32x4'> = namespace('i32x4');
export const i64x2: Namespace<'i64x2'> = namespace('i64x2');
export const f32x4: Namespace<'f32x4'> = namespace('f32x4');
export const f64x2: Namespace<'f64x2'> = namespace('f64x2');

/** Picks 16 bytes out of the 32 of a and b. */
export function shuffle(a: Vector, b: Vector, bytes: readonly number[]): Expression<'v128'> {
  if (bytes.length !== 16) throw new AssemblerError(`shuffle: takes 16 byte numbers, found ${bytes.length}`);
  for (const byte of bytes) lane('shuffle', byte, 32);
  return operation('i8x16.shuffle', 0xfd00d, ['v128', 'v128'], 'v128', [a, b], bytes);
}

/** A constant vector of four float32. */
export function f32x4Constant(a: number, b: number = a, c: number = a, d: number = a): Expression<'v128'> {
  const bytes = [...new Uint8Array(Float32Array.of(a, b, c, d).buffer)];
  return operation('v128.const', 0xfd00c, [], 'v128', [], bytes);
}

/** A constant vector of four int32. */
export function i32x4Constant(a: number, b: number = a, c: number = a, d: number = a): Expression<'v128'> {
  const bytes = [...new Uint8Array(Int32Array.of(a, b, c, d).buffer)];
  return operation('v128.const', 0xfd00c, [], 'v128', [], bytes);
}

/** condition ? a : b, both evaluated. */
export function select<T extends ValueType>(
  type: T,
  a: Operand<T>,
  b: Operand<T>,
  condition: Operand<'i32'>,
): Expression<T> {
  // v128 needs the typed form of select; its type immediate is harmless for the others.
  const immediate = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b }[type];
  return operation(
    'select',
    0x1c,
    [type, type, 'i32'],
    type,
    [a as Any, b as Any, condition],
    [1, immediate],
  );
}
