/**
 * @file A block C[m, n] (+)= A B that fits the caches: strips of tiles over all of m for one panel of B after the other.
 * The rows are distributed evenly (13 rows are 5 + 4 + 4, not 6 + 6 + 1), so that no tile is nearly empty.
 */
import {
  defineFunction,
  f32,
  i32,
  type ModuleBuilder,
  type NamedCall,
  type Operand,
  type Statement,
} from '../assembler/assembler.ts';
import { PANEL, STEP_BYTES } from './panel.ts';
import { defineStrip, type Layout, type Strip } from './strip.ts';

const BLOCK = [
  'a',
  'b',
  'c',
  'm',
  'n',
  'k',
  'strideA', // strides in bytes
  'strideB', // of a packed B from panel to panel; a strided one must be readable up to a multiple of 4 columns
  'strideC',
  'accumulate', // not 0: adds to C
  'spare', // SPARE_BYTES for each row, used when n % 4 > 0
] as const;
const PANELS = ['a', 'b', 'c', 'm', 'k', 'strideA', 'strideB', 'strideC', 'accumulate'] as const;
const COPY = ['from', 'to', 'rows', 'columns', 'strideFrom', 'strideTo'] as const;

export type Block = NamedCall<(typeof BLOCK)[number]>;
type Panel = NamedCall<(typeof PANELS)[number]>;
type Copy = NamedCall<(typeof COPY)[number]>;

/** Bytes of a row of the work space for columns that fill no vector. */
export const SPARE_BYTES: number = STEP_BYTES;

/** Rows of the largest tile: 6 fill the registers with fused multiply-add, without it 4 leave room for the product. */
export function tileRows(relaxed: boolean): number {
  return relaxed ? 6 : 4;
}
/** A multiple of the rows of a tile, with fused multiply-add and without. */
export const WHOLE_TILES = 12;

export function defineBlock(builder: ModuleBuilder, layout: Layout, relaxed: boolean): Block {
  const most = tileRows(relaxed);
  const strips = [1, 2].map((vectors) =>
    Array.from({ length: most }, (_, r) => defineStrip(builder, { layout, rows: r + 1, vectors, relaxed })),
  );
  const suffix = `${layout.a} ${layout.b}`;
  const copy = defineCopy(builder, `copy columns ${suffix}`);
  const panels = strips.map((heights, at) =>
    definePanel(builder, `panel ${suffix} ${4 * (at + 1)}`, layout, heights),
  );

  return defineFunction(builder, `block ${suffix}`, BLOCK, (f, p) => {
    const { b, c, n, m, strideC, spare } = p;
    const columns = f.local('i32');
    const run = (to: Operand<'i32'>, stride: Operand<'i32'>): void => {
      const call = (panel: Panel): void => f.do(panel({ ...p, c: to, strideC: stride }));
      f.if(
        i32.gt_s(n, PANEL / 2),
        () => call(panels[1]!),
        () => call(panels[0]!),
      );
    };
    f.while(i32.gt_s(n, 0), () => {
      f.if(
        i32.or(i32.ge_s(n, PANEL), i32.eq(n, PANEL / 2)),
        () => run(c, strideC),
        () => {
          f.set(columns, n);
          const there = { from: c, to: spare, strideFrom: strideC, strideTo: SPARE_BYTES };
          const back = { from: spare, to: c, strideFrom: SPARE_BYTES, strideTo: strideC };
          f.if(p.accumulate, () => f.do(copy({ ...there, rows: m, columns })));
          run(spare, SPARE_BYTES);
          f.do(copy({ ...back, rows: m, columns }));
        },
      );
      f.advance(b, layout.b === 'packed' ? p.strideB : STEP_BYTES);
      f.advance(c, STEP_BYTES);
      f.advance(n, -PANEL);
    });
  });
}

/** Copies a few columns, float by float. */
function defineCopy(builder: ModuleBuilder, title: string): Copy {
  return defineFunction(builder, title, COPY, (f, { from, to, rows, columns, strideFrom, strideTo }) => {
    const [i, j] = f.locals(2, 'i32');
    f.for(i, 0, rows, 1, () => {
      f.for(j, 0, i32.shl(columns, 2), 4, () => {
        f.do(f32.store(i32.add(to, j), f32.load(i32.add(from, j))));
      });
      f.advance(from, strideFrom);
      f.advance(to, strideTo);
    });
  });
}

/** All rows of one panel. heights: strips of 1, 2, ... rows. */
function definePanel(
  builder: ModuleBuilder,
  title: string,
  layout: Layout,
  heights: readonly Strip[],
): Panel {
  const most = heights.length;
  return defineFunction(builder, title, PANELS, (f, p) => {
    const { a, c, m, strideA, strideC } = p;
    const tiles = f.let(i32.div_s(i32.add(m, most - 1), most));
    const rows = f.let(i32.div_s(m, tiles));
    // this many tiles are one row higher than the others
    const larger = f.let(i32.sub(m, i32.mul(rows, tiles)));
    const dispatch = (height: Operand<'i32'>, call: (strip: Strip) => Statement): void => {
      heights.forEach((strip, r) => {
        f.if(i32.eq(height, r + 1), () => f.do(call(strip)));
      });
    };
    const above = f.let(i32.mul(larger, i32.add(rows, 1)));
    f.if(larger, () => dispatch(i32.add(rows, 1), (strip) => strip({ ...p, tiles: larger })));
    f.advance(a, layout.a === 'rows' ? i32.mul(above, strideA) : i32.shl(above, 2));
    f.advance(c, i32.mul(above, strideC));
    dispatch(rows, (strip) => strip({ ...p, tiles: i32.sub(tiles, larger) }));
  });
}
