/**
 * @file Membrane scan of one block at one position, in registers:
 *     m = v + I;  s = +1 if m >= up, -1 if m <= down;  v = m - theta * s;  one bit per channel and sign goes to the masks.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32x4,
  i32,
  i32x4,
  type Local,
  v128,
} from '../../kernels/assembler/assembler.ts';

export interface Membrane {
  readonly sums: readonly Local<'v128'>[];
  /** Addresses of this block's v before the step and after it. */
  readonly from: Local<'i32'>;
  readonly to: Local<'i32'>;
  /** Addresses of this block's theta, up, down. */
  readonly theta: Local<'i32'>;
  readonly up: Local<'i32'>;
  readonly down: Local<'i32'>;
  /** Address of the pair of words. */
  readonly mask: Local<'i32'>;
  readonly overload: Local<'i32'>;
}

export function fire(f: FunctionBuilder, membrane: Membrane): void {
  const { sums, from, to, theta, up, down, mask, overload } = membrane;
  const [positive, negative, over] = f.locals(3, 'i32') as [Local<'i32'>, Local<'i32'>, Local<'i32'>];
  const [m, height, plus, minus] = f.locals(4, 'v128') as [
    Local<'v128'>,
    Local<'v128'>,
    Local<'v128'>,
    Local<'v128'>,
  ];
  for (const word of [positive, negative, over]) f.set(word, 0);
  const collect = (word: Local<'i32'>, lanes: Expression<'v128'>, r: number): void =>
    f.set(word, i32.or(word, i32.shl(i32x4.bitmask(lanes), r * 4)));
  sums.forEach((current, r) => {
    f.set(height, v128.load(theta, r * 16));
    collect(over, f32x4.gt(f32x4.abs(current), height), r);
    f.set(m, f32x4.add(v128.load(from, r * 16), current));
    f.set(plus, f32x4.ge(m, v128.load(up, r * 16)));
    f.set(minus, f32x4.le(m, v128.load(down, r * 16)));
    collect(positive, plus, r);
    collect(negative, minus, r);
    f.set(m, f32x4.add(f32x4.sub(m, v128.and(plus, height)), v128.and(minus, height)));
    f.do(v128.store(to, m, r * 16));
  });
  f.do(i32.store(mask, positive), i32.store(mask, negative, 4));
  f.set(overload, i32.add(overload, i32.popcnt(over)));
}
