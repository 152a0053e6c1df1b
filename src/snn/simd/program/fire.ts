/**
 * @file Membrane scan of one block at one position, in registers:
 *     m = v + I;  s = +1 if m >= up, -1 if m <= down;  v = m - theta * s;  one bit per channel and sign goes to the masks.
 * The other rules of neurons/ differ in one of the three.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32,
  f32x4,
  f32x4Constant,
  i32,
  i32x4,
  type Local,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { burst as burstNeuron } from '../../neurons/burst.ts';
import { rest as restNeuron } from '../../neurons/rest.ts';
import type { FireRule } from '../../step.ts';

export interface Membrane {
  readonly sums: readonly Local<'v128'>[];
  /** Addresses of this block's v before the step and after it. */
  readonly from: Local<'i32'>;
  readonly to: Local<'i32'>;
  /** Addresses of this block's theta, up, down, lossDown. */
  readonly theta: Local<'i32'>;
  readonly up: Local<'i32'>;
  readonly down: Local<'i32'>;
  readonly lossDown: Local<'i32'>;
  /** Address of the words, one for each level. */
  readonly mask: Local<'i32'>;
  readonly overload: Local<'i32'>;
  /** Address of this block's spike counts (tracer, memory), and a tracer's limits. */
  readonly sent: Local<'i32'>;
  readonly limit: Expression<'i32'>;
  readonly lowest: Expression<'i32'>;
}

type Vector = Local<'v128'>;

/** Where a neuron fires +1 and -1, as lane masks; `spiked` is told what came of it. */
interface Rule {
  readonly up: (m: Vector, r: number) => Expression<'v128'>;
  readonly down: (m: Vector, r: number) => Expression<'v128'>;
  readonly spiked?: (plus: Vector, minus: Vector, r: number) => void;
  /** v after the step; soft reset by theta if absent. */
  readonly reset?: (m: Vector, plus: Vector, minus: Vector, r: number) => Expression<'v128'>;
}

const reaches = ({ up, down }: Membrane): Pick<Rule, 'up' | 'down'> => ({
  up: (m, r) => f32x4.ge(m, v128.load(up, r * 16)),
  down: (m, r) => f32x4.le(m, v128.load(down, r * 16)),
});

export function fire(f: FunctionBuilder, membrane: Membrane): void {
  scan(f, membrane, reaches(membrane));
}

/** v = 0 after a spike. */
export function resetToZero(f: FunctionBuilder, membrane: Membrane): void {
  scan(f, membrane, {
    ...reaches(membrane),
    reset: (m, plus, minus) => v128.andnot(m, v128.or(plus, minus)),
  });
}

/** v = m + lossDown after a negative spike. */
export function leak(f: FunctionBuilder, membrane: Membrane): void {
  const { theta, lossDown } = membrane;
  scan(f, membrane, {
    ...reaches(membrane),
    reset: (m, plus, minus, r) =>
      f32x4.add(
        f32x4.sub(m, v128.and(plus, v128.load(theta, r * 16))),
        v128.and(minus, v128.load(lossDown, r * 16)),
      ),
  });
}

/** sent = sent + s. */
function count(f: FunctionBuilder, { sent }: Membrane): NonNullable<Rule['spiked']> {
  const one = f32x4Constant(1);
  return (plus, minus, r) => {
    const difference = f32x4.sub(v128.and(plus, one), v128.and(minus, one));
    f.do(v128.store(sent, f32x4.add(v128.load(sent, r * 16), difference), r * 16));
  };
}

/** s = -1 only if sent > 0. */
export function remember(f: FunctionBuilder, membrane: Membrane): void {
  const { up, down } = reaches(membrane);
  const owes = (r: number): Expression<'v128'> =>
    f32x4.gt(v128.load(membrane.sent, r * 16), f32x4Constant(0));
  scan(f, membrane, {
    up,
    down: (m, r) => v128.and(down(m, r), owes(r)),
    spiked: count(f, membrane),
  });
}

/** s = +1 if m >= theta and sent < limit; -1 if m < 0 and sent > lowest. */
export function trace(f: FunctionBuilder, membrane: Membrane): void {
  const { sent, theta } = membrane;
  const limit = f.let(f32x4.splat(f32.convert_i32_s(membrane.limit)));
  const lowest = f.let(f32x4.splat(f32.convert_i32_s(membrane.lowest)));
  scan(f, membrane, {
    up: (m, r) => v128.and(f32x4.ge(m, v128.load(theta, r * 16)), f32x4.lt(v128.load(sent, r * 16), limit)),
    down: (m, r) => v128.and(f32x4.lt(m, f32x4Constant(0)), f32x4.gt(v128.load(sent, r * 16), lowest)),
    spiked: count(f, membrane),
  });
}

export function burst(f: FunctionBuilder, membrane: Membrane): void {
  several(f, membrane, burstNeuron.rule);
}

export function rest(f: FunctionBuilder, membrane: Membrane): void {
  several(f, membrane, restNeuron.rule);
}

export function release(f: FunctionBuilder, membrane: Membrane): void {
  several(f, membrane, restNeuron.settling!.emission!);
}

/** s = the number of k = 1..burst with m >= k * theta, the first m > theta if strict; a word of masks for each k. */
function several(
  f: FunctionBuilder,
  { sums, from, to, theta, mask }: Membrane,
  { burst, strict }: FireRule,
): void {
  const words = f.locals(burst!, 'i32');
  const [m, height, level, loss, fired] = f.locals(5, 'v128');
  for (const word of words) f.set(word, 0);
  sums.forEach((current, r) => {
    f.set(m, f32x4.add(v128.load(from, r * 16), current));
    f.set(height, v128.load(theta, r * 16));
    f.set(loss, f32x4Constant(0));
    words.forEach((word, k) => {
      f.set(level, k === 0 ? height : f32x4.mul(height, f32x4Constant(k + 1)));
      f.set(fired, k === 0 && strict ? f32x4.gt(m, level) : f32x4.ge(m, level));
      f.set(word, i32.or(word, i32.shl(i32x4.bitmask(fired), r * 4)));
      f.set(loss, v128.bitselect(level, loss, fired));
    });
    f.do(v128.store(to, f32x4.sub(m, loss), r * 16));
  });
  f.do(...words.map((word, k) => i32.store(mask, word, k * 4)));
}

/** v = v + I. */
export function accumulate(f: FunctionBuilder, { sums, from, to }: Membrane): void {
  f.do(...sums.map((current, r) => v128.store(to, f32x4.add(v128.load(from, r * 16), current), r * 16)));
}

/** overload += lanes with abs(I) > theta. */
export function countOverload(f: FunctionBuilder, { sums, theta, overload }: Membrane): void {
  const over = f.local('i32', 0);
  f.set(over, 0);
  sums.forEach((current, r) => {
    const lanes = f32x4.gt(f32x4.abs(current), v128.load(theta, r * 16));
    f.set(over, i32.or(over, i32.shl(i32x4.bitmask(lanes), r * 4)));
  });
  f.advance(overload, i32.popcnt(over));
}

function scan(f: FunctionBuilder, { sums, from, to, theta, mask }: Membrane, rule: Rule): void {
  const [positive, negative] = f.locals(2, 'i32');
  const [m, height, plus, minus] = f.locals(4, 'v128');
  for (const word of [positive, negative]) f.set(word, 0);
  const collect = (word: Local<'i32'>, lanes: Vector, r: number): void =>
    f.set(word, i32.or(word, i32.shl(i32x4.bitmask(lanes), r * 4)));
  sums.forEach((current, r) => {
    f.set(m, f32x4.add(v128.load(from, r * 16), current));
    f.set(plus, rule.up(m, r));
    f.set(minus, v128.andnot(rule.down(m, r), plus));
    collect(positive, plus, r);
    collect(negative, minus, r);
    rule.spiked?.(plus, minus, r);
    if (rule.reset) f.set(m, rule.reset(m, plus, minus, r));
    else {
      f.set(height, v128.load(theta, r * 16));
      f.set(m, f32x4.add(f32x4.sub(m, v128.and(plus, height)), v128.and(minus, height)));
    }
    f.do(v128.store(to, m, r * 16));
  });
  f.do(i32.store(mask, positive), i32.store(mask, negative, 4));
}
