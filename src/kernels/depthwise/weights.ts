/**
 * @file The gradient of the weights: of one tap and up to 16 channels, the sum over all images and outputs of x times dy. Each row is
 * added up by itself first, so that little is rounded off.
 */
import {
  defineTask,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
} from '../assembler/assembler.ts';
import { type Access, FOUR, ONE } from '../vector-loops/periodic-loop.ts';
import type { DepthwiseWindow } from './window.ts';

export const WEIGHTS = [
  'batch',
  'inHeight',
  'inWidth',
  'outHeight',
  'outWidth',
  'channels',
  'blocks', // of 16 channels
  'x',
  'dy',
  'dw',
] as const;

/** Vectors of a block. */
const VECTORS = 4;

export function defineWeights(
  builder: ModuleBuilder,
  { kernel, stride, before, dilation }: DepthwiseWindow,
): void {
  defineTask(builder, 'weights', WEIGHTS, (f, p) => {
    const tap = f.let(i32.div_u(p.task, p.blocks));
    const pixel = f.let(i32.shl(p.channels, 2));
    const [image, row, column, sy, from, to, first, end, c, last] = f.locals(10, 'i32');
    const shiftY = f.let(i32.sub(i32.mul(i32.div_u(tap, kernel[1]), dilation[0]), before[0]));
    const shiftX = f.let(i32.sub(i32.mul(i32.rem_u(tap, kernel[1]), dilation[1]), before[1]));
    const ahead = f.let(i32.mul(pixel, stride[1]));
    // the columns whose tap lies on the map
    const up = (distance: Parameters<typeof i32.max_s>[0]) =>
      i32.div_u(i32.add(i32.max_s(distance, 0), stride[1] - 1), stride[1]);
    f.set(first, up(i32.sub(0, shiftX)));
    f.set(end, i32.min_s(p.outWidth, up(i32.sub(p.inWidth, shiftX))));
    const sumUp = (access: Access, vectors: number): void => {
      const [sums, rows] = [f.locals(vectors, 'v128'), f.locals(vectors, 'v128')];
      const zero = (all: typeof sums): void => {
        for (const one of all) f.set(one, f32x4Constant(0));
      };
      zero(sums);
      f.for(image, 0, p.batch, 1, () =>
        f.for(row, 0, p.outHeight, 1, () => {
          f.set(sy, i32.add(i32.mul(row, stride[0]), shiftY));
          f.if(i32.lt_u(sy, p.inHeight), () => {
            const place = i32.add(i32.mul(i32.add(i32.mul(image, p.inHeight), sy), p.inWidth), shiftX);
            f.set(from, i32.add(i32.mul(i32.add(place, i32.mul(first, stride[1])), pixel), i32.add(p.x, c)));
            const output = i32.mul(i32.add(i32.mul(image, p.outHeight), row), p.outWidth);
            f.set(to, i32.add(i32.mul(i32.add(output, first), pixel), i32.add(p.dy, c)));
            zero(rows);
            f.for(column, first, end, 1, () => {
              rows.forEach((sum, v) => {
                const product = f32x4.mul(
                  access.load(i32.add(from, v * 16)),
                  access.load(i32.add(to, v * 16)),
                );
                f.set(sum, f32x4.add(sum, product));
              });
              f.advance(from, ahead);
              f.advance(to, pixel);
            });
            rows.forEach((sum, v) => {
              f.set(sums[v]!, f32x4.add(sums[v]!, sum));
            });
          });
        }),
      );
      const at = i32.add(i32.add(p.dw, i32.mul(tap, pixel)), c);
      sums.forEach((sum, v) => {
        f.do(access.store(i32.add(at, v * 16), sum));
      });
    };
    f.set(c, i32.mul(i32.rem_u(p.task, p.blocks), VECTORS * 16));
    f.set(last, i32.min_u(i32.add(c, VECTORS * 16), pixel));
    f.if(
      i32.eq(i32.sub(last, c), VECTORS * 16),
      () => sumUp(FOUR, VECTORS),
      () => eachRest(f, { c, last }, sumUp),
    );
  });
}

/** The last channels: vector by vector, then one by one. */
function eachRest(
  f: FunctionBuilder,
  { c, last }: Readonly<Record<'c' | 'last', Local<'i32'>>>,
  sumUp: (access: Access, vectors: number) => void,
): void {
  f.while(i32.le_s(i32.add(c, 16), last), () => {
    sumUp(FOUR, 1);
    f.advance(c, 16);
  });
  f.while(i32.lt_s(c, last), () => {
    sumUp(ONE, 1);
    f.advance(c, 4);
  });
}
