/**
 * @file A block C[m, n] (+)= A B that fits the caches: strips of tiles over all of m for one panel of B after the other.
 * The rows are dealt out evenly (13 rows are 5 + 4 + 4, not 6 + 6 + 1), so that no tile is nearly empty.
 *
 * Panels of a packed B: [ceil(n / 8)][k][8], the last one [k][4] when at most 4 columns are left; columns beyond n are 0.
 */
import {
  type Call,
  f32,
  i32,
  type ModuleBuilder,
  type Operand,
  type Statement,
} from '../assembler/assembler.ts';
import { defineStrip, type Layout, type Strip } from './simd-tile.ts';

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/**
 * (a, b, c, m, n, k, strideA, strideB, strideC, accumulate, spare). Strides in bytes; for a packed B, strideB is from
 * panel to panel. A strided B must be readable up to a multiple of 4 columns. spare: 32 m bytes, used when n % 4 > 0.
 */
export type Block = Call<typeof PARAMETERS, 'none'>;

/** Rows of the largest tile: 6 fill the registers with fused multiply-add, without it 4 leave room for the product. */
export function tileRows(relaxed: boolean): number {
  return relaxed ? 6 : 4;
}

export function defineBlock(builder: ModuleBuilder, layout: Layout, relaxed: boolean): Block {
  const most = tileRows(relaxed);
  const strips = [1, 2].map((vectors) =>
    Array.from({ length: most }, (_, r) => defineStrip(builder, layout, r + 1, vectors, relaxed)),
  );
  const suffix = `${layout.a} ${layout.b}`;

  const copy = builder.define(
    `copy columns ${suffix}`,
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, from, to, rows, columns, strideFrom, strideTo) => {
      const i = f.local('i32');
      const j = f.local('i32');
      f.for(i, 0, rows, 1, () => {
        f.for(j, 0, i32.shl(columns, 2), 4, () => {
          f.do(f32.store(i32.add(to, j), f32.load(i32.add(from, j))));
        });
        f.advance(from, strideFrom);
        f.advance(to, strideTo);
      });
    },
  );

  const panels = [0, 1].map((at) =>
    builder.define(
      `panel ${suffix} ${4 * (at + 1)}`,
      ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
      'none',
      (f, a, b, c, m, k, strideA, strideB, strideC, accumulate) => {
        const tiles = f.local('i32', i32.div_s(i32.add(m, most - 1), most));
        const rows = f.local('i32', i32.div_s(m, tiles));
        const larger = f.local('i32', i32.sub(m, i32.mul(rows, tiles)));
        const dispatch = (height: Operand<'i32'>, call: (strip: Strip) => Statement): void => {
          strips[at]!.forEach((strip, r) => {
            f.if(i32.eq(height, r + 1), () => f.do(call(strip)));
          });
        };
        const above = f.local('i32', i32.mul(larger, i32.add(rows, 1)));
        f.if(larger, () =>
          dispatch(i32.add(rows, 1), (strip) =>
            strip(a, b, c, larger, k, strideA, strideB, strideC, accumulate),
          ),
        );
        f.advance(a, layout.a === 'rows' ? i32.mul(above, strideA) : i32.shl(above, 2));
        f.advance(c, i32.mul(above, strideC));
        dispatch(rows, (strip) =>
          strip(a, b, c, i32.sub(tiles, larger), k, strideA, strideB, strideC, accumulate),
        );
      },
    ),
  );

  return builder.define(
    `block ${suffix}`,
    PARAMETERS,
    'none',
    (f, a, b, c, m, n, k, strideA, strideB, strideC, accumulate, spare) => {
      const width = f.local('i32');
      const panelStride = layout.b === 'packed' ? strideB : i32.sub(32, 0);
      const run = (to: Operand<'i32'>, stride: Operand<'i32'>): void => {
        const call = (at: number): void =>
          f.do(panels[at]!(a, b, to, m, k, strideA, strideB, stride, accumulate));
        f.if(
          i32.gt_s(n, 4),
          () => call(1),
          () => call(0),
        );
      };
      f.while(i32.gt_s(n, 0), () => {
        f.if(
          i32.or(i32.ge_s(n, 8), i32.eq(n, 4)),
          () => run(c, strideC),
          () => {
            f.set(width, n);
            f.if(accumulate, () => f.do(copy(c, spare, m, width, strideC, 32)));
            run(spare, 32);
            f.do(copy(spare, c, m, width, 32, strideC));
          },
        );
        f.advance(b, panelStride);
        f.advance(c, 32);
        f.advance(n, -8);
      });
    },
  );
}
