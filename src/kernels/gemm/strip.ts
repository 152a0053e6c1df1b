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
  defineFunction,
  type FunctionBuilder,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  multiplyAdd,
  type NamedCall,
  type NamedLocals,
  v128,
} from '../assembler/assembler.ts';

export interface Layout {
  readonly a: 'rows' | 'columns';
  readonly b: 'packed' | 'strided';
}

/** What a tile is like: its size is part of the code. */
export interface Tile {
  readonly layout: Layout;
  readonly rows: number;
  /** Columns, four in each. */
  readonly vectors: number;
  readonly relaxed: boolean;
}

const STRIP = ['a', 'b', 'c', 'tiles', 'k', 'strideA', 'strideB', 'strideC', 'accumulate'] as const;
type Parameter = (typeof STRIP)[number];

export type Strip = NamedCall<Parameter>;

/** Steps of k that are written out in the loop body. */
const UNROLL = 4;
const VECTOR_BYTES = 16;

export function defineStrip(builder: ModuleBuilder, tile: Tile): Strip {
  const { layout, rows, vectors } = tile;
  const title = `strip ${layout.a} ${layout.b} ${rows}x${4 * vectors}`;
  return defineFunction(builder, title, STRIP, (f, p) => writeStrip(f, p, tile));
}

function writeStrip(f: FunctionBuilder, p: NamedLocals<Parameter>, tile: Tile): void {
  const { layout, rows, vectors, relaxed } = tile;
  const { a, c } = p;
  const packed = layout.b === 'packed';
  const pointers = f.locals(layout.a === 'rows' ? rows : 1, 'i32');
  const [at, left] = f.locals(2, 'i32');
  const sums = Array.from({ length: rows }, () => f.locals(vectors, 'v128'));
  const bs = f.locals(vectors, 'v128');
  const factor = f.local('v128');
  const [count, row] = f.locals(2, 'i32');

  /** One step of k; `u` is its number within the loop body. */
  const step = (u: number): void => {
    bs.forEach((vector, v) => {
      f.set(vector, v128.load(at, (packed ? u * vectors + v : v) * VECTOR_BYTES));
    });
    sums.forEach((line, r) => {
      const source =
        layout.a === 'rows' ? v128.load32_splat(pointers[r]!, u * 4) : v128.load32_splat(pointers[0]!, r * 4);
      f.set(factor, source);
      line.forEach((sum, v) => {
        f.set(sum, multiplyAdd(factor, bs[v]!, sum, relaxed));
      });
    });
    if (layout.a === 'columns') f.advance(pointers[0]!, p.strideA);
    if (!packed) f.advance(at, p.strideB);
  };
  const steps = (number: number): void => {
    for (let u = 0; u < number; u++) step(u);
    if (layout.a === 'rows') for (const pointer of pointers) f.advance(pointer, number * 4);
    if (packed) f.advance(at, number * VECTOR_BYTES * vectors);
  };
  const eachRow = (visit: (line: readonly Local<'v128'>[]) => void): void => {
    f.set(row, c);
    sums.forEach((line, r) => {
      visit(line);
      if (r < rows - 1) f.advance(row, p.strideC);
    });
  };
  const loadSums = (): void =>
    eachRow((line) => line.forEach((sum, v) => void f.set(sum, v128.load(row, v * VECTOR_BYTES))));
  const clearSums = (): void => {
    for (const line of sums) for (const sum of line) f.set(sum, f32x4Constant(0));
  };
  const storeSums = (): void =>
    eachRow((line) => line.forEach((sum, v) => void f.do(v128.store(row, sum, v * VECTOR_BYTES))));

  f.for(count, 0, p.tiles, 1, () => {
    pointers.forEach((pointer, r) => {
      f.set(pointer, r === 0 ? a : i32.add(pointers[r - 1]!, p.strideA));
    });
    f.set(at, p.b);
    f.if(p.accumulate, loadSums, clearSums);
    f.set(left, i32.div_s(p.k, UNROLL));
    f.while(left, () => {
      steps(UNROLL);
      f.advance(left, -1);
    });
    f.set(left, i32.and(p.k, UNROLL - 1));
    f.while(left, () => {
      steps(1);
      f.advance(left, -1);
    });
    storeSums();
    f.set(a, layout.a === 'rows' ? i32.add(a, i32.mul(p.strideA, rows)) : i32.add(a, rows * 4));
    f.set(c, i32.add(row, p.strideC));
  });
}
