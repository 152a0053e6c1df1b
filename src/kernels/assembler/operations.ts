/**
 * @file The operations under their own names: `f32x4.add(a, b)`, `v128.load(pointer, 16)`, `i32.store(pointer, value)`.
 *
 * @example
 * f32x4.add(v128.load(0), v128.load(16)).type; // 'v128'
 */
import { type Expression, type Operand, operation } from './expression.ts';
import { elementIndex, type Namespace, namespace } from './namespace.ts';
import { AssemblerError, TYPE_CODE, type ValueType } from './types.ts';

type Integer = Operand<'i32'>;

/** The smaller or larger of two integers: WebAssembly has these for vectors only. Both operands are evaluated twice. */
const extremes = {
  min_s: (a: Integer, b: Integer): Expression<'i32'> => select('i32', a, b, plain.lt_s(a, b)),
  min_u: (a: Integer, b: Integer): Expression<'i32'> => select('i32', a, b, plain.lt_u(a, b)),
  max_s: (a: Integer, b: Integer): Expression<'i32'> => select('i32', a, b, plain.gt_s(a, b)),
};

const plain: Namespace<'i32'> = namespace('i32');
export const i32: Namespace<'i32'> & typeof extremes = { ...plain, ...extremes };
export const f32: Namespace<'f32'> = namespace('f32');
export const f64: Namespace<'f64'> = namespace('f64');
export const v128: Namespace<'v128'> = namespace('v128');
export const i16x8: Namespace<'i16x8'> = namespace('i16x8');
export const i32x4: Namespace<'i32x4'> = namespace('i32x4');
export const f32x4: Namespace<'f32x4'> = namespace('f32x4');
export const f64x2: Namespace<'f64x2'> = namespace('f64x2');

/** Picks 16 bytes out of the 32 of a and b. */
export function shuffle(
  a: Operand<'v128'>,
  b: Operand<'v128'>,
  bytes: readonly number[],
): Expression<'v128'> {
  if (bytes.length !== 16) throw new AssemblerError(`shuffle: takes 16 byte numbers, found ${bytes.length}`);
  for (const byte of bytes) elementIndex('shuffle', byte, 32);
  return operation('i8x16.shuffle', 0xfd00d, ['v128', 'v128'], 'v128', [a, b], bytes);
}

/** A constant vector of four float32; what is left out is `a`. */
export function f32x4Constant(a: number, b: number = a, c: number = a, d: number = a): Expression<'v128'> {
  const bytes = [...new Uint8Array(Float32Array.of(a, b, c, d).buffer)];
  return operation('v128.const', 0xfd00c, [], 'v128', [], bytes);
}

/** A constant vector of four int32; what is left out is `a`. */
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
  return operation(
    'select',
    0x1c,
    [type, type, 'i32'],
    type,
    [a as Expression<T> | number, b as Expression<T> | number, condition],
    [1, TYPE_CODE[type]],
  );
}
