/**
 * @file The firing rules of neurons that send +1, -1 or nothing, of one block at one position, in registers:
 *     m = v + I;  s = +1 if m >= up, -1 if m <= down;  v = m - theta * s;  one bit per channel and sign goes to the masks.
 * Those of neurons/ that differ, differ in one of the three.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { keepBits } from './bits.ts';
import type { Membrane } from './membrane.ts';

type Vector = Local<'v128'>;

/** Where a neuron fires +1 and -1: elements that are all ones. */
interface Rule {
  readonly up: (m: Vector, r: number) => Expression<'v128'>;
  readonly down: (m: Vector, r: number) => Expression<'v128'>;
  /** Told what came of it. */
  readonly spiked?: (plus: Vector, minus: Vector, r: number) => void;
  /** v after the step; soft reset by theta if absent. */
  readonly reset?: (m: Vector, plus: Vector, minus: Vector, r: number) => Expression<'v128'>;
}

const reaches = ({ up, down }: Membrane): Pick<Rule, 'up' | 'down'> => ({
  up: (m, r) => f32x4.ge(m, v128.load(up, r * 16)),
  down: (m, r) => f32x4.le(m, v128.load(down, r * 16)),
});

export function fire(f: FunctionBuilder, membrane: Membrane): void {
  apply(f, membrane, reaches(membrane));
}

/** v = 0 after a spike. */
export function resetToZero(f: FunctionBuilder, membrane: Membrane): void {
  apply(f, membrane, {
    ...reaches(membrane),
    reset: (m, plus, minus) => v128.andnot(m, v128.or(plus, minus)),
  });
}

/** v = m + lossDown after a negative spike. */
export function leak(f: FunctionBuilder, membrane: Membrane): void {
  const { theta, lossDown } = membrane;
  apply(f, membrane, {
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
  apply(f, membrane, {
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
  apply(f, membrane, {
    up: (m, r) => v128.and(f32x4.ge(m, v128.load(theta, r * 16)), f32x4.lt(v128.load(sent, r * 16), limit)),
    down: (m, r) => v128.and(f32x4.lt(m, f32x4Constant(0)), f32x4.gt(v128.load(sent, r * 16), lowest)),
    spiked: count(f, membrane),
  });
}

/** Register by register. */
function apply(f: FunctionBuilder, { sums, from, to, theta, mask }: Membrane, rule: Rule): void {
  const [positive, negative] = f.locals(2, 'i32');
  const [m, height, plus, minus] = f.locals(4, 'v128');
  for (const word of [positive, negative]) f.set(word, 0);
  sums.forEach((current, r) => {
    f.set(m, f32x4.add(v128.load(from, r * 16), current));
    f.set(plus, rule.up(m, r));
    f.set(minus, v128.andnot(rule.down(m, r), plus));
    keepBits(f, positive, plus, r * 4);
    keepBits(f, negative, minus, r * 4);
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
