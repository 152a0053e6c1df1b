/**
 * @file dw[k, outChannels] += inputs^T dy for few in channels. A tile is up to six taps of one kernel row times a panel of out
 * channels; it stays in registers over a row of outputs and is added to the task's part between rows.
 */
import {
  defineFunction,
  defineTask,
  f32x4Constant,
  i32,
  type ModuleBuilder,
  multiplyAdd,
  type NamedCall,
  v128,
} from '../../assembler/assembler.ts';
import { tileRows } from '../../gemm/block.ts';
import { PANEL, STEP_BYTES } from '../../gemm/panel.ts';
import { ownScratch } from '../../own-scratch.ts';
import { inputsOf, readShape } from '../shape.ts';
import type { Kernel } from './kernel.ts';
import type { PadRows } from './pad-rows.ts';

export const WEIGHTS = [
  'shape',
  'x',
  'dy',
  'parts', // [chunks, k, outChannels]
  'chunkPixels',
  'blocks', // of out channels
  'nBlock', // out channels of a block
  'scratch',
  'bytes', // of scratch from lane to lane
] as const;
const TILE = ['x', 'dy', 'dw', 'pixels', 'strideY', 'started'] as const;

type Tile = NamedCall<(typeof TILE)[number]>;

const VECTORS = PANEL / 4;

/** Task = chunk * blocks + block. scratch per lane: rows of an image, padded. */
export function defineWeights(builder: ModuleBuilder, padRows: PadRows, kernel: Kernel): void {
  const taps = kernel.kernel * kernel.inChannels;
  const groups = evenly(taps, tileRows(kernel.relaxed));
  const tiles = groups.map((count, g) => ({
    first: groups.slice(0, g).reduce((a, b) => a + b, 0),
    tile: defineTile(builder, `tile ${g}`, count, kernel),
  }));
  const inPixel = 4 * kernel.inChannels;
  defineTask(builder, 'weights', WEIGHTS, (f, p) => {
    const { task, shape, blocks, nBlock, chunkPixels } = p;
    const s = readShape(f, shape);
    const own = ownScratch(f, p);
    const chunk = f.let(i32.div_s(task, blocks));
    const n0 = f.let(i32.mul(i32.rem_s(task, blocks), nBlock));
    const columns = f.let(i32.min_s(i32.sub(s.outChannels, n0), nBlock));
    const strideY = f.let(i32.shl(s.outChannels, 2));
    const area = f.let(i32.mul(s.outHeight, s.outWidth));
    const first = f.let(i32.mul(chunk, chunkPixels));
    const end = f.let(i32.min_s(i32.add(first, chunkPixels), i32.mul(area, s.batch)));
    const part = f.let(
      i32.add(p.parts, i32.add(i32.mul(i32.mul(chunk, inputsOf(s)), strideY), i32.shl(n0, 2))),
    );
    const dy = f.let(i32.add(p.dy, i32.add(i32.mul(first, strideY), i32.shl(n0, 2))));
    const width = i32.add(s.inWidth, i32.shl(s.padding, 1));
    const strideX = f.let(i32.mul(width, inPixel));
    const inImage = f.let(i32.mul(i32.mul(s.inHeight, s.inWidth), inPixel));
    const [image, inner, last, row, pixels, started] = f.locals(6, 'i32');
    const [from, line, at, dw, c] = f.locals(5, 'i32');
    f.while(i32.lt_s(first, end), () => {
      // what the chunk has of this image: pixels inner .. last - 1
      f.set(image, i32.div_s(first, area));
      f.set(inner, i32.rem_s(first, area));
      f.set(last, i32.min_s(i32.add(inner, i32.sub(end, first)), area));
      f.advance(first, i32.sub(last, inner));
      f.set(row, i32.div_s(inner, s.outWidth));
      f.do(
        padRows({
          shape,
          image: i32.add(p.x, i32.mul(image, inImage)),
          to: own,
          top: i32.sub(i32.mul(row, s.stride), s.padding),
          rows: i32.add(i32.mul(i32.sub(i32.div_s(i32.sub(last, 1), s.outWidth), row), s.stride), s.kernel),
        }),
      );
      f.set(from, own);
      f.while(i32.lt_s(inner, last), () => {
        const column = f.let(i32.rem_s(inner, s.outWidth));
        f.set(pixels, i32.min_s(i32.sub(s.outWidth, column), i32.sub(last, inner)));
        f.set(at, i32.add(from, i32.mul(column, kernel.stride * inPixel)));
        f.set(dw, part);
        f.for(line, 0, kernel.kernel, 1, () => {
          for (const { first: tap, tile } of tiles)
            f.for(c, 0, i32.shl(columns, 2), STEP_BYTES, () =>
              f.do(
                tile({
                  x: i32.add(at, 4 * tap),
                  dy: i32.add(dy, c),
                  dw: i32.add(i32.add(dw, c), i32.mul(strideY, tap)),
                  pixels,
                  strideY,
                  started,
                }),
              ),
            );
          f.advance(at, strideX);
          f.advance(dw, i32.mul(strideY, taps));
        });
        f.advance(dy, i32.mul(pixels, strideY));
        f.advance(inner, pixels);
        f.advance(from, i32.mul(strideX, s.stride));
        f.set(started, 1);
      });
    });
  });
}

/** A number in as few parts of at most `most` as can be, as even as can be. */
function evenly(total: number, most: number): number[] {
  const parts = Math.ceil(total / most);
  return Array.from(
    { length: parts },
    (_, i) => Math.floor((total * (i + 1)) / parts) - Math.floor((total * i) / parts),
  );
}

/** dw[count taps, 8] (+)= the taps of these pixels times dy; not started: from 0. */
function defineTile(builder: ModuleBuilder, title: string, count: number, kernel: Kernel): Tile {
  const step = 4 * kernel.stride * kernel.inChannels;
  return defineFunction(builder, title, TILE, (f, { x, dy, dw, pixels, strideY, started }) => {
    const sums = Array.from({ length: count }, () => f.locals(VECTORS, 'v128'));
    const [values, input] = [f.locals(VECTORS, 'v128'), f.local('v128')];
    const row = f.local('i32');
    const eachRow = (visit: (tap: (typeof sums)[number]) => void): void => {
      f.set(row, dw);
      for (const tap of sums) {
        visit(tap);
        f.advance(row, strideY);
      }
    };
    f.if(
      started,
      () => eachRow((tap) => tap.forEach((sum, v) => void f.set(sum, v128.load(row, 16 * v)))),
      () => {
        for (const sum of sums.flat()) f.set(sum, f32x4Constant(0));
      },
    );
    f.while(pixels, () => {
      values.forEach((value, v) => void f.set(value, v128.load(dy, 16 * v)));
      sums.forEach((tap, t) => {
        f.set(input, v128.load32_splat(x, 4 * t));
        tap.forEach((sum, v) => void f.set(sum, multiplyAdd(input, values[v]!, sum, kernel.relaxed)));
      });
      f.advance(x, step);
      f.advance(dy, strideY);
      f.advance(pixels, -1);
    });
    eachRow((tap) => tap.forEach((sum, v) => void f.do(v128.store(row, sum, 16 * v))));
  });
}
