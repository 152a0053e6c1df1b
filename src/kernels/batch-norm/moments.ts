/**
 * @file Mean and variance of every channel in one pass over x that cancellation cannot spoil: every chunk sums
 * d = x - K and d^2 with its own first row as K. A sample lies at most sqrt(n - 1) deviations from the mean of its n,
 * so the squares lose at most log2(n) bits. Chunks are put together in float64:
 *   sum x = n K + sum d,   sum x^2 = sum d^2 + 2 K sum d + n K^2.
 * Partial sums: [chunks, 3 (sum d, sum d^2, K), period] float32; totals: [2, period] float64.
 */
import {
  defineTask,
  type Expression,
  f32x4,
  f32x4Constant,
  f64,
  f64x2,
  i32,
  i32x4,
  type ModuleBuilder,
  multiplyAdd,
  v128,
} from '../assembler/assembler.ts';
import { CHUNK, chunkBounds, periodicLoop } from '../vector-loops/periodic-loop.ts';
import { ColumnSums, clearedSums } from '../vector-loops/sums.ts';

/** Columns that one task of `moments` puts together. */
export const MOMENT_BLOCK = 64;

/** Two float64, their numbers 0 and 1 above a first one. */
const pair = (first: Expression<'i32'>): Expression<'v128'> =>
  f64x2.replace_lane(f64x2.convert_low_i32x4_u(i32x4.splat(first)), 1, f64.convert_i32_u(i32.add(first, 1)));

export function defineMoments(builder: ModuleBuilder, relaxed: boolean): void {
  defineChunkMoments(builder, relaxed);
  defineTotalMoments(builder);
}

/** One task per chunk: its sums of d and d^2, and K. */
function defineChunkMoments(builder: ModuleBuilder, relaxed: boolean): void {
  defineTask(builder, 'chunk moments', [...CHUNK, 'x', 'sums'], (f, p) => {
    const { from, to } = chunkBounds(f, p.task, p.total, p.chunk);
    const own = clearedSums(f, p, ['sum', 'squares', 'shift']);
    const columns = new ColumnSums(f, { sum: own.sum, squares: own.squares });
    const { sum, squares } = columns.values;
    const [shift, d] = f.locals(2, 'v128');
    const first = f.let(i32.add(p.x, from));
    periodicLoop(f, from, to, p.period, {
      begin(access, c) {
        f.set(shift, access.load(i32.add(first, c)));
        columns.begin(access, c);
      },
      step(access, at) {
        f.set(d, f32x4.sub(access.load(i32.add(p.x, at)), shift));
        f.set(sum, f32x4.add(sum, d));
        f.set(squares, multiplyAdd(d, d, squares, relaxed));
      },
      end(access, c) {
        columns.end(access, c);
        f.do(access.store(i32.add(own.shift, c), shift));
      },
    });
  });
}

/** One task per MOMENT_BLOCK columns: the chunks put together. */
function defineTotalMoments(builder: ModuleBuilder): void {
  defineTask(builder, 'moments', [...CHUNK, 'sums', 'totals'], (f, p) => {
    const { total, chunk, period, sums, totals } = p;
    const c = f.let(i32.mul(p.task, 4 * MOMENT_BLOCK));
    const end = f.let(i32.add(c, 4 * MOMENT_BLOCK));
    f.set(end, i32.min_u(end, period));
    const [at, own, rest] = f.locals(3, 'i32');
    const [n, whole, shift, d, sum, squares] = f.locals(6, 'v128');
    f.set(whole, f64x2.splat(f64.convert_i32_u(i32.div_u(chunk, period))));
    const load = (address: Expression<'i32'>): Expression<'v128'> =>
      f64x2.promote_low_f32x4(v128.load64_zero(address));
    f.for(c, c, end, 8, () => {
      f.set(sum, f32x4Constant(0));
      f.set(squares, f32x4Constant(0));
      f.set(at, 0);
      f.set(own, i32.add(sums, c));
      f.while(i32.lt_u(at, total), () => {
        f.set(rest, i32.sub(total, at));
        f.set(n, whole);
        f.if(i32.lt_u(rest, chunk), () => {
          // Whole periods in the last chunk, and one more where what is left reaches this column.
          f.set(n, f64x2.splat(f64.convert_i32_u(i32.div_u(rest, period))));
          f.set(rest, i32.shr_u(i32.rem_u(rest, period), 2));
          const inside = f64x2.lt(pair(i32.shr_u(c, 2)), f64x2.splat(f64.convert_i32_u(rest)));
          f.set(n, f64x2.add(n, v128.and(inside, f64x2.splat(1))));
        });
        f.set(shift, load(i32.add(own, i32.shl(period, 1))));
        f.set(d, load(own));
        f.set(sum, f64x2.add(sum, f64x2.add(d, f64x2.mul(n, shift))));
        f.set(n, f64x2.mul(shift, f64x2.add(f64x2.mul(n, shift), f64x2.add(d, d))));
        f.set(squares, f64x2.add(squares, f64x2.add(load(i32.add(own, period)), n)));
        f.advance(own, i32.mul(period, 3));
        f.advance(at, chunk);
      });
      f.do(v128.store(i32.add(totals, i32.shl(c, 1)), sum));
      f.do(v128.store(i32.add(i32.add(totals, i32.shl(period, 1)), i32.shl(c, 1)), squares));
    });
  });
}
