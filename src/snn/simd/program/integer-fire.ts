/**
 * @file The firing rules of the integer kernel: those of fire.ts and fire-several.ts that need whole numbers only, in int32. Sums of
 * whole numbers are exact, so that each says what the float kernel says.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32,
  f32x4,
  i32,
  i32x4,
  i32x4Constant,
  type Local,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { rest } from '../../neurons/rest.ts';
import type { FireRule } from '../../step.ts';
import { keepBits } from './bits.ts';
import { firstWord, halvesOf, type IntegerBlock, quadsOf } from './integer-block.ts';
import { INTEGER_MODES, Mode } from './layouts/layer.ts';
import { layer } from './reader.ts';
import { isLastStep, setPotentialsBefore, type Visit } from './scan.ts';

type Integer = Local<'i32'>;
type Vector = Local<'v128'>;

/** Four channels of a block: their potential with the current in it, their theta, and where the block's other numbers lie. */
interface Quad {
  readonly m: Vector;
  readonly height: Vector;
  /** Offset in bytes. */
  readonly q: number;
  readonly up: Integer;
  readonly down: Integer;
  readonly sent: Integer;
  readonly limit: Vector;
  readonly lowest: Vector;
}

/** Sets the potential after the step, and which channels fired in the first plane and in the second. */
type Rule = (f: FunctionBuilder, quad: Quad, first: Vector, second: Vector) => void;

/** m - theta * s, for s = +1 in the first plane, -1 in the second. */
const softReset = ({ m, height }: Quad, plus: Vector, minus: Vector): Expression<'v128'> =>
  i32x4.add(i32x4.sub(m, v128.and(plus, height)), v128.and(minus, height));

const fire: Rule = (f, quad, plus, minus) => {
  const { m, q, up, down } = quad;
  f.set(plus, i32x4.ge_s(m, v128.load(up, q)));
  f.set(minus, i32x4.le_s(m, v128.load(down, q)));
  f.set(m, softReset(quad, plus, minus));
};

/** s = +1 if m >= theta and sent < limit; -1 if m < 0 and sent > lowest; sent = sent + s. */
const trace: Rule = (f, quad, plus, minus) => {
  const { m, height, q, sent, limit, lowest } = quad;
  const count = f.let(v128.load(sent, q));
  f.set(plus, v128.and(i32x4.ge_s(m, height), i32x4.lt_s(count, limit)));
  f.set(minus, v128.and(i32x4.lt_s(m, i32x4Constant(0)), i32x4.gt_s(count, lowest)));
  // a channel that fired is -1 as a whole number
  f.do(v128.store(sent, i32x4.add(i32x4.sub(count, plus), minus), q));
  f.set(m, softReset(quad, plus, minus));
};

const accumulate: Rule = (f, _, first, second) => {
  for (const plane of [first, second]) f.set(plane, i32x4Constant(0));
};

/** s = 1 from theta on (above it, if strict), 2 from 2 theta on. */
const upToTwo =
  ({ strict }: FireRule): Rule =>
  (f, { m, height }, one, two) => {
    f.set(one, strict ? i32x4.gt_s(m, height) : i32x4.ge_s(m, height));
    // not m >= 2 theta: the theta of the padding has no double
    f.set(two, i32x4.ge_s(i32x4.sub(m, height), height));
    f.set(m, i32x4.sub(i32x4.sub(m, v128.and(one, height)), v128.and(two, height)));
  };

/** One for each of the INTEGER_MODES. */
const RULES: Readonly<Record<number, Rule>> = {
  [Mode.fire]: fire,
  [Mode.trace]: trace,
  [Mode.accumulate]: accumulate,
  [Mode.rest]: upToTwo(rest.rule),
  [Mode.release]: upToTwo(rest.settling!.emission!),
};

export function fireInteger(f: FunctionBuilder, block: IntegerBlock, overload: Integer): void {
  const { at } = block.part;
  const mode = f.let(layer(at, 'fires'));
  for (const own of INTEGER_MODES) f.if(i32.eq(mode, own), () => apply(f, block, overload, RULES[own]!));
}

/** Which channels receive more than theta a step, up or down. */
type Overload = (m: Vector, height: Vector, q: number) => Expression<'v128'>;

/** After the last step: abs(sum of I) > theta * T, as floats: whole numbers below 2^24, and the padding's theta times T is no int32. */
function overloadBySum(f: FunctionBuilder, at: Integer, now: Visit): Overload {
  const start = f.let(i32.add(layer(at, 'start'), now.blockByte));
  const steps = f.let(f32x4.splat(f32.convert_i32_s(layer(at, 'limit'))));
  const isLast = f.let(i32x4.splat(i32.sub(0, isLastStep(at, now))));
  return (m, height, q) => {
    const sum = f32x4.convert_i32x4_s(i32x4.abs(i32x4.sub(m, v128.load(start, q))));
    return v128.and(isLast, f32x4.gt(sum, f32x4.mul(f32x4.convert_i32x4_s(height), steps)));
  };
}

/** Four channels at a time, in words of masks of 32. */
function apply(
  f: FunctionBuilder,
  { part, now, current, registers }: IntegerBlock,
  overload: Integer,
  rule: Rule,
): void {
  const { at } = part;
  const from = f.local('i32');
  setPotentialsBefore(f, at, now, from);
  const own = (field: 'theta' | 'up' | 'down'): Integer => f.let(i32.add(layer(at, field), now.blockByte));
  const [theta, up, down] = [own('theta'), own('up'), own('down')];
  const isOver: Overload =
    rule === accumulate
      ? overloadBySum(f, at, now)
      : (_, height, q) => i32x4.gt_s(i32x4.abs(v128.load(current, q)), height);
  const sent = f.let(i32.add(layer(at, 'sent'), i32.sub(now.v, layer(at, 'v'))));
  const [limit, lowest] = [f.let(i32x4.splat(layer(at, 'limit'))), f.let(i32x4.splat(layer(at, 'lowest')))];
  const mask = f.let(i32.add(layer(at, 'masks'), firstWord(now.index, part)));
  const [first, second, over] = f.locals(3, 'i32');
  const [m, height, one, two] = f.locals(4, 'v128');
  for (const half of halvesOf(registers)) {
    for (const word of [first, second, over]) f.set(word, 0);
    for (const q of quadsOf(registers).slice(half * 8, half * 8 + 8)) {
      const bit = (q - half * 128) / 4;
      f.set(height, v128.load(theta, q));
      f.set(m, i32x4.add(v128.load(from, q), v128.load(current, q)));
      keepBits(f, over, isOver(m, height, q), bit);
      rule(f, { m, height, q, up, down, sent, limit, lowest }, one, two);
      keepBits(f, first, one, bit);
      keepBits(f, second, two, bit);
      f.do(v128.store(now.v, m, q));
    }
    f.do(i32.store(mask, first, half * 8), i32.store(mask, second, half * 8 + 4));
    f.advance(overload, i32.popcnt(over));
  }
}
