/** @file The firing rule of the integer kernel: that of fire.ts (`fire`), in int32. */
import { type FunctionBuilder, i32, i32x4, type Local, v128 } from '../../../kernels/assembler/assembler.ts';
import { keepBits } from './bits.ts';
import { firstWord, halvesOf, type IntegerBlock, quadsOf } from './integer-block.ts';
import { layer } from './reader.ts';
import { setPotentialsBefore } from './scan.ts';

type Integer = Local<'i32'>;

export function fireInteger(
  f: FunctionBuilder,
  { part, now, current, registers }: IntegerBlock,
  overload: Integer,
): void {
  const { at } = part;
  const from = f.local('i32');
  setPotentialsBefore(f, at, now, from);
  const own = (field: 'theta' | 'up' | 'down'): Integer => f.let(i32.add(layer(at, field), now.blockByte));
  const [theta, up, down] = [own('theta'), own('up'), own('down')];
  const mask = f.let(i32.add(layer(at, 'masks'), firstWord(now.index, part)));
  const [positive, negative, over] = f.locals(3, 'i32');
  const [m, height, plus, minus] = f.locals(4, 'v128');
  for (const half of halvesOf(registers)) {
    for (const word of [positive, negative, over]) f.set(word, 0);
    for (const q of quadsOf(registers).slice(half * 8, half * 8 + 8)) {
      const bit = (q - half * 128) / 4;
      f.set(height, v128.load(theta, q));
      keepBits(f, over, i32x4.gt_s(i32x4.abs(v128.load(current, q)), height), bit);
      f.set(m, i32x4.add(v128.load(from, q), v128.load(current, q)));
      f.set(plus, i32x4.ge_s(m, v128.load(up, q)));
      f.set(minus, i32x4.le_s(m, v128.load(down, q)));
      keepBits(f, positive, plus, bit);
      keepBits(f, negative, minus, bit);
      f.set(m, i32x4.add(i32x4.sub(m, v128.and(plus, height)), v128.and(minus, height)));
      f.do(v128.store(now.v, m, q));
    }
    f.do(i32.store(mask, positive, half * 8), i32.store(mask, negative, half * 8 + 4));
    f.advance(overload, i32.popcnt(over));
  }
}
