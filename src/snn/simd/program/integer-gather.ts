/**
 * @file The gather of the integer kernel. A sum of at most 256 rows of int8 fits int16 (256 * 127 < 2^15); then it moves on
 * to int32. So every sum is exact, in any order.
 */
import {
  type Expression,
  type FunctionBuilder,
  i16x8,
  i32,
  i32x4,
  i32x4Constant,
  type Local,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { elementsOf } from './bits.ts';
import { eachTapOfDepthwise } from './depthwise.ts';
import { firstWord, halvesOf, type IntegerBlock } from './integer-block.ts';
import { INTEGER_BLOCK_BYTES } from './layouts/layer.ts';
import { group, layer } from './reader.ts';
import { blockWeights, readRowList } from './row-list.ts';
import { eachPlace, sourceIndex, windowColumns, windowRows, windowSizes } from './source.ts';

type Integer = Local<'i32'>;

/** Bytes of the list entries of 256 rows, whose sum fits int16. */
const CHUNK = 512;

export function gatherSpikes(
  f: FunctionBuilder,
  { part, now, current, registers }: IntegerBlock,
  at: Integer,
): void {
  const sums = f.locals(registers, 'v128');
  const { list, negatives, end } = readRowList(f, at, now.index);
  const weights = f.let(blockWeights(at, part.block));
  const [limit, stop, row] = f.locals(3, 'i32');
  f.while(i32.lt_u(list, end), () => {
    f.set(limit, i32.min_u(i32.add(list, CHUNK), end));
    for (const sum of sums) f.set(sum, i32x4Constant(0));
    for (const [to, combine] of [
      [i32.min_u(negatives, limit), i16x8.add],
      [limit, i16x8.sub],
    ] as const) {
      f.set(stop, to);
      f.while(i32.lt_u(list, stop), () => {
        f.set(row, i32.add(weights, i32.mul(i32.load16_u(list), registers * 8)));
        sums.forEach((sum, r) => {
          f.set(sum, combine(sum, v128.load8x8_s(row, r * 8)));
        });
        f.advance(list, 2);
      });
    }
    sums.forEach((sum, r) => {
      const widen = (half: Expression<'v128'>, q: number): void =>
        f.do(v128.store(current, i32x4.add(v128.load(current, q), half), q));
      widen(i32x4.extend_low_i16x8_s(sum), r * 32);
      widen(i32x4.extend_high_i16x8_s(sum), r * 32 + 16);
    });
  });
}

type Currents = Pick<IntegerBlock, 'current' | 'registers'>;

/** current += the weights of the channels that fired, of one half of the block's channels: a word of masks. */
function addFired(
  f: FunctionBuilder,
  { current, registers }: Currents,
  { word, weights, half }: { readonly word: Integer; readonly weights: Integer; readonly half: number },
  combine: typeof i32x4.add,
): void {
  for (let q = half * 8; q < Math.min(registers * 2, half * 8 + 8); q++) {
    const fired = v128.and(elementsOf(word, 4 * (q - half * 8)), v128.load(weights, q * 16));
    f.do(v128.store(current, combine(v128.load(current, q * 16), fired), q * 16));
  }
}

/** The same of both planes: what the second holds is added if it is a second spike, and taken off if it is one of -1. */
function addPlanes(
  f: FunctionBuilder,
  at: Integer,
  currents: Currents,
  {
    address,
    word,
    weights,
  }: { readonly address: Integer; readonly word: Integer; readonly weights: Integer },
): void {
  for (const half of halvesOf(currents.registers)) {
    const add = (combine: typeof i32x4.add): void => addFired(f, currents, { word, weights, half }, combine);
    f.set(word, i32.load(address, half * 8));
    f.if(word, () => add(i32x4.add));
    f.set(word, i32.load(address, half * 8 + 4));
    f.if(word, () =>
      f.if(
        i32.eq(group(at, 'positives'), 1),
        () => add(i32x4.sub),
        () => add(i32x4.add),
      ),
    );
  }
}

/** Each channel by itself, with weights of int32. */
export function gatherDepthwise(
  f: FunctionBuilder,
  { part, now, current, registers }: IntegerBlock,
  at: Integer,
): void {
  const all = f.let(blockWeights(at, part.block));
  const [address, word, weights] = f.locals(3, 'i32');
  const moment = { ...now, image: part.image, steps: layer(part.at, 'steps') };
  // both planes at once: sums are exact, in any order
  eachTapOfDepthwise(f, at, moment, 1, (_, tap, index) => {
    f.set(address, i32.add(group(at, 'lists'), firstWord(index, part)));
    f.set(weights, i32.add(all, i32.mul(tap, registers * 32)));
    addPlanes(f, at, { current, registers }, { address, word, weights });
  });
}

export function gatherIdentity(
  f: FunctionBuilder,
  { part, now, current, registers }: IntegerBlock,
  at: Integer,
): void {
  const heights = f.let(i32.add(group(at, 'weights'), i32.mul(part.block, INTEGER_BLOCK_BYTES)));
  const [row, column, address, word] = f.locals(4, 'i32');
  const sizes = windowSizes(f, group, at);
  const [rows, columns] = [windowRows(f, sizes, now.y), windowColumns(f, sizes, now.x)];
  eachPlace(f, { row, column }, rows, columns, () => {
    const step = { image: part.image, t: now.t, steps: layer(part.at, 'steps') };
    const index = sourceIndex({ row, column }, step, sizes);
    f.set(address, i32.add(group(at, 'lists'), firstWord(index, part)));
    addPlanes(f, at, { current, registers }, { address, word, weights: heights });
  });
}
