/**
 * @file One layer on the integer grid: int8 weights, up to 64 channels in eight registers of int16, potentials in int32.
 * A sum of at most 256 rows fits int16 (256 * 127 < 2^15); then it moves on to int32. So every sum is exact, in any order.
 */
import {
  type Expression,
  type FunctionBuilder,
  i16x8,
  i32,
  i32x4,
  i32x4Constant,
  type Local,
  select,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, LAYER_FIELDS, reader } from './descriptor.ts';
import { preload } from './preload.ts';
import {
  eachGroup,
  keepOverload,
  type Moment,
  type Part,
  potentialsBefore,
  recordAt,
  scanBlock,
} from './scan.ts';

type Integer = Local<'i32'>;
const layer = reader(LAYER_FIELDS);
const group = reader(GROUP_FIELDS);

/** Bytes of scratch memory of one lane: the currents of a block. */
export const SCRATCH = 256;
/** Bytes of 256 list entries. */
const CHUNK = 512;

const smaller = (a: Expression<'i32'>, b: Expression<'i32'>): Expression<'i32'> =>
  select('i32', a, b, i32.lt_u(a, b));

export function integerBlock(f: FunctionBuilder, registers: number, part: Part): void {
  const { at, lane } = part;
  const quads = Array.from({ length: registers * 2 }, (_, q) => q * 16);
  const [overload, current, address] = f.locals(3, 'i32');
  f.set(current, i32.add(layer(at, 'scratch'), i32.mul(lane, SCRATCH)));
  preload(f, part, registers * 8);
  scanBlock(f, part, 8, (now) => {
    f.do(...quads.map((q) => v128.store(current, v128.load(now.base, q), q)));
    eachGroup(f, at, (groupAt) => {
      f.if(
        i32.eqz(group(groupAt, 'kind')),
        () => gather(f, registers, part, now, groupAt, current),
        () => gatherIdentity(f, registers, part, now, groupAt, current),
      );
    });
    f.if(layer(at, 'currents'), () => {
      f.set(address, recordAt(at, now, 'currents'));
      f.do(...quads.map((q) => v128.store(address, v128.load(current, q), q)));
    });
    f.if(layer(at, 'fires'), () => fire(f, quads, part, now, current, overload));
  });
  f.if(layer(at, 'fires'), () => keepOverload(f, part, overload));
}

function gather(
  f: FunctionBuilder,
  registers: number,
  part: Part,
  now: Moment,
  at: Integer,
  current: Integer,
): void {
  const sums = f.locals(registers, 'v128');
  const entry = f.let(i32.add(group(at, 'rowEntries'), i32.shl(now.slot, 4)));
  const list = f.let(i32.load(entry));
  const turn = f.let(i32.load(entry, 4));
  const end = f.let(i32.load(entry, 8));
  const weights = f.let(i32.add(group(at, 'weights'), i32.mul(part.block, group(at, 'blockBytes'))));
  const [limit, stop, row] = f.locals(3, 'i32');
  f.while(i32.lt_u(list, end), () => {
    f.set(limit, smaller(i32.add(list, CHUNK), end));
    for (const sum of sums) f.set(sum, i32x4Constant(0));
    for (const [to, combine] of [
      [smaller(turn, limit), i16x8.add],
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

/** Words of masks that a block covers: one or two of 32 channels. */
const wordsOf = (registers: number): readonly number[] => (registers > 4 ? [0, 1] : [0]);

function gatherIdentity(
  f: FunctionBuilder,
  registers: number,
  part: Part,
  now: Moment,
  at: Integer,
  current: Integer,
): void {
  const heights = f.let(i32.add(group(at, 'weights'), i32.mul(part.block, SCRATCH)));
  const [dy, dx, address, word] = f.locals(4, 'i32');
  const pool = group(at, 'pool');
  f.for(dy, 0, pool, 1, () =>
    f.for(dx, 0, pool, 1, () => {
      const sourceY = i32.add(i32.mul(now.y, pool), dy);
      const position = i32.add(i32.mul(sourceY, group(at, 'sourceWidth')), i32.add(i32.mul(now.x, pool), dx));
      const neuron = i32.add(i32.mul(part.image, group(at, 'sourcePositions')), position);
      const index = i32.add(i32.mul(neuron, layer(part.at, 'steps')), now.t);
      const first = i32.add(i32.mul(index, layer(part.at, 'blocks')), i32.shl(part.block, 1));
      f.set(address, i32.add(group(at, 'lists'), i32.shl(first, 3)));
      for (const half of wordsOf(registers)) {
        for (const [sign, combine] of [
          [0, i32x4.add],
          [4, i32x4.sub],
        ] as const) {
          f.set(word, i32.load(address, half * 8 + sign));
          f.if(word, () => {
            for (let q = half * 8; q < Math.min(registers * 2, half * 8 + 8); q++) {
              const b = 4 * (q - half * 8);
              const bits = v128.and(i32x4.splat(word), i32x4Constant(1 << b, 2 << b, 4 << b, 8 << b));
              const height = v128.and(i32x4.ne(bits, i32x4Constant(0)), v128.load(heights, q * 16));
              f.do(v128.store(current, combine(v128.load(current, q * 16), height), q * 16));
            }
          });
        }
      }
    }),
  );
}

function fire(
  f: FunctionBuilder,
  quads: readonly number[],
  part: Part,
  now: Moment,
  current: Integer,
  overload: Integer,
): void {
  const { at, block } = part;
  const from = f.local('i32');
  potentialsBefore(f, at, now, from);
  const [theta, up, down] = (['theta', 'up', 'down'] as const).map((field) =>
    f.let(i32.add(layer(at, field), now.blockByte)),
  ) as [Integer, Integer, Integer];
  const pair = i32.add(i32.mul(now.slot, layer(at, 'blocks')), i32.shl(block, 1));
  const mask = f.let(i32.add(layer(at, 'masks'), i32.shl(pair, 3)));
  const [positive, negative, over] = f.locals(3, 'i32');
  const [m, height, plus, minus] = f.locals(4, 'v128');
  for (const half of wordsOf(quads.length / 2)) {
    for (const word of [positive, negative, over]) f.set(word, 0);
    for (const q of quads.slice(half * 8, half * 8 + 8)) {
      const collect = (word: Integer, lanes: Expression<'v128'>): void =>
        f.set(word, i32.or(word, i32.shl(i32x4.bitmask(lanes), (q - half * 128) / 4)));
      f.set(height, v128.load(theta, q));
      collect(over, i32x4.gt_s(i32x4.abs(v128.load(current, q)), height));
      f.set(m, i32x4.add(v128.load(from, q), v128.load(current, q)));
      f.set(plus, i32x4.ge_s(m, v128.load(up, q)));
      f.set(minus, i32x4.le_s(m, v128.load(down, q)));
      collect(positive, plus);
      collect(negative, minus);
      f.set(m, i32x4.add(i32x4.sub(m, v128.and(plus, height)), v128.and(minus, height)));
      f.do(v128.store(now.v, m, q));
    }
    f.do(i32.store(mask, positive, half * 8), i32.store(mask, negative, half * 8 + 4));
    f.advance(overload, i32.popcnt(over));
  }
}
