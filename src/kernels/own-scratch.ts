import { type FunctionBuilder, i32, type Local } from './assembler/assembler.ts';

/** Writes: the address of the lane's own scratch memory; `bytes` lie from one lane's to the next's. */
export function ownScratch(
  f: FunctionBuilder,
  { scratch, lane, bytes }: Readonly<Record<'scratch' | 'lane' | 'bytes', Local<'i32'>>>,
): Local<'i32'> {
  return f.let(i32.add(scratch, i32.mul(lane, bytes)));
}
