/**
 * @file Reductions of x [outer, length, inner] on SIMD lanes. An item is a chunk of `length` of one `outer`; parts: [items, inner],
 * float64 for sums, float32 for the largest and smallest.
 */
import {
  defineTask,
  type Expression,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  f64x2,
  i32,
  type Local,
  ModuleBuilder,
  select,
  shuffle,
  v128,
} from '../assembler/assembler.ts';
import { type Access, FOUR, ONE } from '../vector-loops/periodic-loop.ts';
import type { Reduction } from './shape.ts';

export const REDUCE = ['x', 'parts', 'items', 'itemsPerTask', 'chunks', 'length', 'chunk', 'inner'] as const;

/** How four columns are reduced: what a vector does to the running values, how they are stored. */
interface Columns {
  begin(): void;
  take(value: Local<'v128'>): void;
  /** Stores the first `count` of the four results. */
  store(to: Local<'i32'>, column: Expression<'i32'>, count: 1 | 4): void;
  /** The four together, stored as one. */
  storeTogether(to: Local<'i32'>): void;
}

const HIGH_HALF = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const ODD = [4, 5, 6, 7, 4, 5, 6, 7, 12, 13, 14, 15, 12, 13, 14, 15];

function sumColumns(f: FunctionBuilder): Columns {
  const [low, high] = f.locals(2, 'v128');
  const place = (to: Local<'i32'>, column: Expression<'i32'>): Expression<'i32'> =>
    i32.add(to, i32.shl(column, 3));
  return {
    begin() {
      f.set(low, f32x4Constant(0));
      f.set(high, f32x4Constant(0));
    },
    take(value) {
      f.set(low, f64x2.add(low, f64x2.promote_low_f32x4(value)));
      f.set(high, f64x2.add(high, f64x2.promote_low_f32x4(shuffle(value, value, HIGH_HALF))));
    },
    store(to, column, count) {
      if (count === 1) f.do(v128.store64_lane(place(to, column), low, 0));
      else {
        f.do(v128.store(place(to, column), low));
        f.do(v128.store(place(to, column), high, 16));
      }
    },
    storeTogether(to) {
      f.set(low, f64x2.add(low, high));
      f.do(v128.store64_lane(to, f64x2.add(low, shuffle(low, low, HIGH_HALF)), 0));
    },
  };
}

function extremeColumns(f: FunctionBuilder, kind: 'max' | 'min'): Columns {
  const best = f.local('v128');
  const place = (to: Local<'i32'>, column: Expression<'i32'>): Expression<'i32'> =>
    i32.add(to, i32.shl(column, 2));
  return {
    begin: () => f.set(best, f32x4Constant(kind === 'max' ? -Infinity : Infinity)),
    take: (value) => f.set(best, f32x4[kind](best, value)),
    store(to, column, count) {
      if (count === 1) f.do(v128.store32_lane(place(to, column), best, 0));
      else f.do(v128.store(place(to, column), best));
    },
    storeTogether(to) {
      f.set(best, f32x4[kind](best, shuffle(best, best, HIGH_HALF)));
      f.do(v128.store32_lane(to, f32x4[kind](best, shuffle(best, best, ODD)), 0));
    },
  };
}

export function reduceModule(shared: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  for (const kind of ['sum', 'max', 'min'] as const) defineReduction(builder, kind);
  return builder.bytes();
}

function defineReduction(builder: ModuleBuilder, kind: Reduction): void {
  const partBytes = kind === 'sum' ? 8 : 4;
  defineTask(builder, kind, REDUCE, (f, p) => {
    const item = f.local('i32', i32.mul(p.task, p.itemsPerTask));
    const last = f.local('i32', i32.add(item, p.itemsPerTask));
    f.set(last, select('i32', last, p.items, i32.lt_u(last, p.items)));
    const [k, from, at, end, to, column] = f.locals(6, 'i32');
    const value = f.local('v128');
    const columns = kind === 'sum' ? sumColumns(f) : extremeColumns(f, kind);
    const stride = f.local('i32', i32.shl(p.inner, 2));
    /** Values of k of this item. */
    const count = f.local('i32');

    const along = (): void => {
      columns.begin();
      f.set(at, from);
      f.set(end, i32.add(from, i32.shl(count, 2)));
      f.while(i32.le_u(i32.add(at, 16), end), () => {
        f.set(value, v128.load(at));
        columns.take(value);
        f.advance(at, 16);
      });
      f.while(i32.lt_u(at, end), () => {
        f.set(value, kind === 'sum' ? v128.load32_zero(at) : v128.load32_splat(at));
        columns.take(value);
        f.advance(at, 4);
      });
      columns.storeTogether(to);
    };
    const across = (access: Access, width: 1 | 4): void => {
      columns.begin();
      f.set(at, i32.add(from, i32.shl(column, 2)));
      f.for(k, 0, count, 1, () => {
        f.set(value, access.load(at));
        columns.take(value);
        f.advance(at, stride);
      });
      columns.store(to, column, width);
      f.advance(column, width);
    };

    f.while(i32.lt_u(item, last), () => {
      const first = f.local('i32', i32.mul(i32.rem_u(item, p.chunks), p.chunk));
      f.set(count, i32.sub(p.length, first));
      f.set(count, select('i32', count, p.chunk, i32.lt_u(count, p.chunk)));
      f.set(from, i32.add(i32.mul(i32.div_u(item, p.chunks), p.length), first));
      f.set(from, i32.add(p.x, i32.mul(from, stride)));
      f.set(to, i32.add(p.parts, i32.mul(i32.mul(item, p.inner), partBytes)));
      f.if(i32.eq(p.inner, 1), along, () => {
        f.set(column, 0);
        f.while(i32.le_u(i32.add(column, 4), p.inner), () => across(FOUR, 4));
        f.while(i32.lt_u(column, p.inner), () => across(ONE, 1));
      });
      f.advance(item, 1);
    });
  });
}
