/**
 * @file The value types of WebAssembly that our programs use, and their binary codes.
 */

export type ValueType = 'i32' | 'f32' | 'f64' | 'v128';

export const TYPE_CODE: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};

/** A mistake in a program that uses the assembler: a bug of ours, never the user's. */
export class AssemblerError extends Error {
  override readonly name = 'AssemblerError';
}
