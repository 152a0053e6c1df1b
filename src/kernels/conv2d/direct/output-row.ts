import {
  defineFunction,
  f32x4Constant,
  i32,
  type ModuleBuilder,
  multiplyAdd,
  type NamedCall,
  type Operand,
  v128,
} from '../../assembler/assembler.ts';
import { tileRows } from '../../gemm/block.ts';
import { PANEL, STEP_BYTES } from '../../gemm/panel.ts';
import type { Kernel } from './kernel.ts';

/** x: the padded image at the first tap of the first output; packed: the weights [k, n] in panels; strides in bytes. */
const ROW = ['x', 'packed', 'y', 'pixels', 'n', 'strideX', 'strideY'] as const;
const STRIP = ['x', 'packed', 'y', 'tiles', 'n', 'strideX', 'strideY'] as const;

/** Outputs of one row of a map, tile by tile, so that they are written one behind the other. */
export type OutputRow = NamedCall<(typeof ROW)[number]>;
type Strip = NamedCall<(typeof STRIP)[number]>;

const VECTORS = PANEL / 4;

export function defineOutputRow(builder: ModuleBuilder, kernel: Kernel): OutputRow {
  const most = tileRows(kernel.relaxed);
  const strips = Array.from({ length: most }, (_, r) => defineStrip(builder, r + 1, kernel));
  const step = 4 * kernel.stride * kernel.inChannels;
  return defineFunction(builder, 'output row', ROW, (f, p) => {
    const { x, y, pixels, strideY } = p;
    const tiles = f.let(i32.div_s(i32.add(pixels, most - 1), most));
    const rows = f.let(i32.div_s(pixels, tiles));
    // this many tiles are one pixel wider than the others
    const larger = f.let(i32.sub(pixels, i32.mul(rows, tiles)));
    const dispatch = (wanted: Operand<'i32'>, count: Operand<'i32'>): void =>
      strips.forEach((strip, r) => {
        f.if(i32.eq(wanted, r + 1), () => f.do(strip({ ...p, tiles: count })));
      });
    f.if(larger, () => {
      dispatch(i32.add(rows, 1), larger);
      const above = f.let(i32.mul(larger, i32.add(rows, 1)));
      f.advance(x, i32.mul(above, step));
      f.advance(y, i32.mul(above, strideY));
    });
    dispatch(rows, i32.sub(tiles, larger));
  });
}

/** Tiles of `rows` outputs side by side times each panel, kept in registers over all inputs, in the order of k. */
function defineStrip(builder: ModuleBuilder, rows: number, kernel: Kernel): Strip {
  const { inChannels, stride, relaxed } = kernel;
  const taps = kernel.kernel * inChannels;
  const step = 4 * stride * inChannels;
  return defineFunction(builder, `strip ${rows}`, STRIP, (f, p) => {
    const [from, at, line, to, column] = f.locals(5, 'i32');
    const sums = Array.from({ length: rows }, () => f.locals(VECTORS, 'v128'));
    const weights = f.locals(VECTORS, 'v128');
    const input = f.local('v128');
    f.while(p.tiles, () => {
      f.set(at, p.packed);
      f.for(column, 0, i32.shl(p.n, 2), STEP_BYTES, () => {
        for (const sum of sums.flat()) f.set(sum, f32x4Constant(0));
        f.set(from, p.x);
        f.for(line, 0, kernel.kernel, 1, () => {
          for (let tap = 0; tap < taps; tap++) {
            weights.forEach((weight, v) => void f.set(weight, v128.load(at, STEP_BYTES * tap + 16 * v)));
            sums.forEach((tile, r) => {
              f.set(input, v128.load32_splat(from, step * r + 4 * tap));
              tile.forEach((sum, v) => void f.set(sum, multiplyAdd(input, weights[v]!, sum, relaxed)));
            });
          }
          f.advance(from, p.strideX);
          f.advance(at, STEP_BYTES * taps);
        });
        f.set(to, i32.add(p.y, column));
        sums.forEach((tile, r) => {
          tile.forEach((sum, v) => void f.do(v128.store(to, sum, 16 * v)));
          if (r < rows - 1) f.advance(to, p.strideY);
        });
      });
      f.advance(p.y, i32.mul(p.strideY, rows));
      f.advance(p.x, step * rows);
      f.advance(p.tiles, -1);
    });
  });
}
