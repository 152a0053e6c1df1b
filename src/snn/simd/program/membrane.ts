/** @file What a layer kernel and the firing rules know of one block at one position. */
import {
  type Expression,
  type FunctionBuilder,
  f32,
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
  /** Address of this block's v0. */
  readonly start: Expression<'i32'>;
  /** Whether this is the last of all T steps. */
  readonly isLast: Expression<'i32'>;
}

/** v = v + I; after the last step overload += how many channels have abs(sum of I) > theta * T. */
export function accumulate(f: FunctionBuilder, membrane: Membrane): void {
  const { sums, from, to, theta, limit, isLast } = membrane;
  f.do(...sums.map((current, r) => v128.store(to, f32x4.add(v128.load(from, r * 16), current), r * 16)));
  f.if(isLast, () => {
    const start = f.let(membrane.start);
    const steps = f.let(f32x4.splat(f32.convert_i32_s(limit)));
    const sum = (r: number): Expression<'v128'> => f32x4.sub(v128.load(to, r * 16), v128.load(start, r * 16));
    countOverload(f, membrane, sum, (r) => f32x4.mul(v128.load(theta, r * 16), steps));
  });
}

/** overload += how many channels have abs(received) > most, by register. */
export function countOverload(
  f: FunctionBuilder,
  { sums, overload }: Membrane,
  received: (r: number) => Expression<'v128'>,
  most: (r: number) => Expression<'v128'>,
): void {
  const over = f.local('i32', 0);
  f.set(over, 0);
  for (const r of sums.keys()) keepBits(f, over, f32x4.gt(f32x4.abs(received(r)), most(r)), r * 4);
  f.advance(overload, i32.popcnt(over));
}
