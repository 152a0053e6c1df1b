/** @file Words of masks, a bit for each of 32 channels, and vectors of four channels. */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  i32x4,
  i32x4Constant,
  type Local,
  v128,
} from '../../../kernels/assembler/assembler.ts';

/** All ones in the elements whose bits, from `first` on, are set in the word. */
export function elementsOf(word: Local<'i32'>, first: number): Expression<'v128'> {
  const bits = i32x4Constant(1 << first, 2 << first, 4 << first, 8 << first);
  return i32x4.ne(v128.and(i32x4.splat(word), bits), i32x4Constant(0));
}

/** Sets the bits, from `first` on, of the elements that are all ones. */
export function keepBits(
  f: FunctionBuilder,
  word: Local<'i32'>,
  elements: Expression<'v128'>,
  first: number,
): void {
  f.set(word, i32.or(word, i32.shl(i32x4.bitmask(elements), first)));
}
