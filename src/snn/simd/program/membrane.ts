/** @file What a layer kernel and the firing rules know of one block at one position. */
import {
  type Expression,
  type FunctionBuilder,
  f32x4,
  i32,
  type Local,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { keepBits } from './bits.ts';

export interface Membrane {
  /** The currents, in registers. */
  readonly sums: readonly Local<'v128'>[];
  /** Addresses of this block's v before the step and after it. */
  readonly from: Local<'i32'>;
  readonly to: Local<'i32'>;
  /** Addresses of this block's theta, up, down, lossDown. */
  readonly theta: Local<'i32'>;
  readonly up: Local<'i32'>;
  readonly down: Local<'i32'>;
  readonly lossDown: Local<'i32'>;
  /** Address of the words of masks, one for each plane. */
  readonly mask: Local<'i32'>;
  readonly overload: Local<'i32'>;
  /** Address of this block's spike counts (tracer, memory), and a tracer's limits. */
  readonly sent: Local<'i32'>;
  readonly limit: Expression<'i32'>;
  readonly lowest: Expression<'i32'>;
}

/** v = v + I. */
export function accumulate(f: FunctionBuilder, { sums, from, to }: Membrane): void {
  f.do(...sums.map((current, r) => v128.store(to, f32x4.add(v128.load(from, r * 16), current), r * 16)));
}

/** overload += how many channels have abs(I) > theta. */
export function countOverload(f: FunctionBuilder, { sums, theta, overload }: Membrane): void {
  const over = f.local('i32', 0);
  f.set(over, 0);
  sums.forEach((current, r) => {
    keepBits(f, over, f32x4.gt(f32x4.abs(current), v128.load(theta, r * 16)), r * 4);
  });
  f.advance(overload, i32.popcnt(over));
}
