/**
 * @file The innermost kernel: a strip of tiles C[rows, 4 * vectors] += A B, kept in registers over the whole of k.
 *
 * A: [m, k], row i at a + i * strideA ('rows'), or [k, m], step p at a + p * strideA ('columns').
 * B: [k, 4 * vectors]; step p at b + p * 16 * vectors ('packed') or at b + p * strideB ('strided').
 * C: row i at c + i * strideC. Strides in bytes.
 * Every element of C is one chain of multiply-adds in the order of k, beginning with 0 or with C itself: the result
 * depends on no tile size and no split of k.
 */
import {
  type Call,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  multiplyAdd,
  v128,
} from '../assembler/assembler.ts';

export interface Layout {
  readonly a: 'rows' | 'columns';
  readonly b: 'packed' | 'strided';
}

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** (a, b, c, tiles, k, strideA, strideB, strideC, accumulate) */
export type Strip = Call<typeof PARAMETERS, 'none'>;

/** Steps of k that are written out in the loop body. */
const UNROLL = 4;

export function defineStrip(
  builder: ModuleBuilder,
  layout: Layout,
  rows: number,
  vectors: number,
  relaxed: boolean,
): Strip {
  const title = `strip ${layout.a} ${layout.b} ${rows}x${4 * vectors}`;
  return builder.define(
    title,
    PARAMETERS,
    'none',
    (f, a, b, c, tiles, k, strideA, strideB, strideC, accumulate) => {
      const pointers = f.locals(layout.a === 'rows' ? rows : 1, 'i32');
      const at = f.local('i32');
      const left = f.local('i32');
      const sums = Array.from({ length: rows }, () => f.locals(vectors, 'v128'));
      const bs = f.locals(vectors, 'v128');
      const factor = f.local('v128');
      const tile = f.local('i32');
      const row = f.local('i32');

      /** One step of k; `u` is its number within the loop body. */
      const step = (u: number): void => {
        const packed = layout.b === 'packed';
        bs.forEach((vector, v) => {
          f.set(vector, v128.load(at, (packed ? u * vectors + v : v) * 16));
        });
        sums.forEach((line, r) => {
          const source =
            layout.a === 'rows'
              ? v128.load32_splat(pointers[r]!, u * 4)
              : v128.load32_splat(pointers[0]!, r * 4);
          f.set(factor, source);
          line.forEach((sum, v) => {
            f.set(sum, multiplyAdd(factor, bs[v]!, sum, relaxed));
          });
        });
        if (layout.a === 'columns') f.advance(pointers[0]!, strideA);
        if (!packed) f.advance(at, strideB);
      };
      const steps = (count: number): void => {
        for (let u = 0; u < count; u++) step(u);
        if (layout.a === 'rows') for (const pointer of pointers) f.advance(pointer, count * 4);
        if (layout.b === 'packed') f.advance(at, count * 16 * vectors);
      };
      const eachRow = (visit: (line: readonly Local<'v128'>[]) => void): void => {
        f.set(row, c);
        sums.forEach((line, r) => {
          visit(line);
          if (r < rows - 1) f.advance(row, strideC);
        });
      };

      f.for(tile, 0, tiles, 1, () => {
        pointers.forEach((pointer, r) => {
          f.set(pointer, r === 0 ? a : i32.add(pointers[r - 1]!, strideA));
        });
        f.set(at, b);
        f.if(
          accumulate,
          () => eachRow((line) => line.forEach((sum, v) => void f.set(sum, v128.load(row, v * 16)))),
          () => {
            for (const line of sums) for (const sum of line) f.set(sum, f32x4Constant(0));
          },
        );
        f.set(left, i32.div_s(k, UNROLL));
        f.while(left, () => {
          steps(UNROLL);
          f.advance(left, -1);
        });
        f.set(left, i32.and(k, UNROLL - 1));
        f.while(left, () => {
          steps(1);
          f.advance(left, -1);
        });
        eachRow((line) => line.forEach((sum, v) => void f.do(v128.store(row, sum, v * 16))));
        f.set(a, layout.a === 'rows' ? i32.add(a, i32.mul(strideA, rows)) : i32.add(a, rows * 4));
        f.set(c, i32.add(row, strideC));
      });
    },
  );
}
