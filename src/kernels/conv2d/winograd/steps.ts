/**
 * @file The steps of a scheme for a range of tiles or channels; tasks put them together (simd-winograd-module.ts).
 *
 * U (weights): [point][ceil(outs / 8) panels][ins][8]; V (inputs): [point][tile][ins + gap]; M (products) and
 * W (gradients of outputs): [point][tile][outs + gap]; dU: [point][ins][outs].
 * `pointX` is the number of bytes from one point of X to the next, `strideX` that from tile to tile.
 */
import {
  type Call,
  f32,
  type Integers,
  i32,
  integers,
  type ModuleBuilder,
  select,
} from '../../assembler/assembler.ts';
import { defineBlock } from '../../gemm/simd-block.ts';
import { defineEpilogue } from '../epilogue.ts';
import { readClip, readShape } from '../shape.ts';
import type { Scheme } from './scheme.ts';
import { definePlaces } from './tiles.ts';
import { defineTransforms } from './transforms.ts';

type Step<N extends number> = Call<Integers<N>, 'none'>;

/** A tile's work space: its address table and the transforms' temporary. */
export function headBytes(scheme: Scheme): { readonly table: number; readonly temporary: number } {
  const most = Math.max(scheme.inputs, scheme.outputs, scheme.points, scheme.taps) ** 2;
  return { table: 4 * most, temporary: 16 * most };
}

export interface Steps {
  /** (shape, head, x, zeros, perRow, perImage, first tile, tiles, first channel in bytes, channels in bytes, V, strideV, pointV) */
  readonly inputs: Step<13>;
  /** (shape, head, dy, zeros, perRow, perImage, first tile, tiles, first channel in bytes, channels in bytes, W, strideW, pointW) */
  readonly outputGradients: Step<13>;
  /** (head, w, tap stride, in stride, U, pointU, ins, outs) */
  readonly weights: Step<8>;
  /** (V, strideV, pointV, U, pointU, M, strideM, pointM, tiles, ins, outs) */
  readonly products: Step<11>;
  /** (shape, head, y, bin, perRow, perImage, first tile, tiles, first channel in bytes, outs, M, strideM, pointM, bias, theta) */
  readonly outputs: Step<15>;
  /** (V, strideV, pointV, W, strideW, pointW, dU, strideU, pointU, tiles, ins, outs, accumulate) */
  readonly gradients: Step<13>;
  /** (head, dU, strideU, pointU, dw, tap stride, in stride, ins, outs) */
  readonly weightGradients: Step<9>;
}

/** Tiles per product in a weight gradient: their rows of V and W fit the first-level cache. */
const GRADIENT_STEPS = 96;

export function defineSteps(builder: ModuleBuilder, scheme: Scheme, relaxed: boolean): Steps {
  const byRows = defineBlock(builder, { a: 'rows', b: 'packed' }, relaxed);
  const byColumns = defineBlock(builder, { a: 'columns', b: 'strided' }, relaxed);
  const transforms = defineTransforms(builder, scheme, relaxed);
  const epilogue = defineEpilogue(builder);
  const inputPlaces = definePlaces(builder, 'input places', scheme.inputs, scheme.outputs);
  const outputPlaces = definePlaces(builder, 'output places', scheme.outputs, scheme.outputs);
  const points = scheme.points ** 2;
  const head = headBytes(scheme);

  const inputs = builder.define(
    'inputs',
    integers(13),
    'none',
    (f, shape, own, x, zeros, perRow, perImage, first, tiles, from, bytes, v, strideV, pointV) => {
      const s = readShape(f, shape);
      const pixel = f.local('i32', i32.shl(s.inChannels, 2));
      const margin = f.local('i32', i32.sub(s.padding, scheme.skipped));
      const temporary = f.local('i32', i32.add(own, head.table));
      f.while(tiles, () => {
        f.do(inputPlaces(own, first, x, s.inHeight, s.inWidth, pixel, perRow, perImage, zeros, margin));
        f.do(transforms.input(own, from, v, pointV, bytes, temporary));
        f.advance(v, strideV);
        f.advance(first, 1);
        f.advance(tiles, -1);
      });
    },
  );

  const outputGradients = builder.define(
    'output gradients',
    integers(13),
    'none',
    (f, shape, own, dy, zeros, perRow, perImage, first, tiles, from, bytes, w, strideW, pointW) => {
      const s = readShape(f, shape);
      const pixel = f.local('i32', i32.shl(s.outChannels, 2));
      const temporary = f.local('i32', i32.add(own, head.table));
      f.while(tiles, () => {
        f.do(outputPlaces(own, first, dy, s.outHeight, s.outWidth, pixel, perRow, perImage, zeros, 0));
        f.do(transforms.outputGradient(own, from, w, pointW, bytes, temporary));
        f.advance(w, strideW);
        f.advance(first, 1);
        f.advance(tiles, -1);
      });
    },
  );

  const weights = builder.define(
    'weights',
    integers(8),
    'none',
    (f, own, w, tapStride, inStride, u, pointU, ins, outs) => {
      const temporary = f.local('i32', i32.add(own, head.table));
      const step = f.local('i32');
      f.while(i32.gt_s(outs, 0), () => {
        f.set(step, select('i32', 32, 16, i32.gt_s(outs, 4)));
        f.do(transforms.weights(w, tapStride, inStride, u, pointU, step, ins, temporary));
        f.if(i32.gt_s(outs, 4), () =>
          f.do(
            transforms.weights(
              i32.add(w, 16),
              tapStride,
              inStride,
              i32.add(u, 16),
              pointU,
              step,
              ins,
              temporary,
            ),
          ),
        );
        f.advance(u, i32.shl(ins, 5));
        f.advance(w, 32);
        f.advance(outs, -8);
      });
    },
  );

  const products = builder.define(
    'products',
    integers(11),
    'none',
    (f, v, strideV, pointV, u, pointU, m, strideM, pointM, tiles, ins, outs) => {
      const point = f.local('i32');
      const panel = f.local('i32', i32.shl(ins, 5));
      f.for(point, 0, points, 1, () => {
        f.do(byRows(v, u, m, tiles, outs, ins, strideV, panel, strideM, 0, 0));
        f.advance(v, pointV);
        f.advance(u, pointU);
        f.advance(m, pointM);
      });
    },
  );

  const outputs = builder.define(
    'outputs',
    integers(15),
    'none',
    (f, shape, own, y, bin, perRow, perImage, first, tiles, from, outs, m, strideM, pointM, bias, theta) => {
      const s = readShape(f, shape);
      const pixel = f.local('i32', i32.shl(s.outChannels, 2));
      const temporary = f.local('i32', i32.add(own, head.table));
      const at = f.local('i32');
      f.set(bias, select('i32', i32.add(bias, from), 0, bias));
      f.if(i32.and(i32.ne(theta, 0), readClip(shape).perChannel), () => f.advance(theta, from));
      // Activations on a grid are rare: a pass of their own.
      const grid = f.local('i32', i32.and(i32.ne(theta, 0), f32.gt(readClip(shape).levels, 0)));
      const finish = f.local('i32', i32.and(i32.ne(i32.or(bias, theta), 0), i32.eqz(grid)));
      f.while(tiles, () => {
        f.do(outputPlaces(own, first, y, s.outHeight, s.outWidth, pixel, perRow, perImage, bin, 0));
        const plain = [own, from, m, pointM, i32.shl(outs, 2), temporary] as const;
        f.if(
          finish,
          () => f.do(transforms.finished(...plain, shape, bias, theta)),
          () => f.do(transforms.output(...plain)),
        );
        f.if(grid, () => {
          f.for(at, 0, 4 * scheme.outputs ** 2, 4, () => {
            const place = i32.add(i32.load(i32.add(own, at)), from);
            f.do(epilogue(shape, place, 1, outs, 0, bias, theta));
          });
        });
        f.advance(m, strideM);
        f.advance(first, 1);
        f.advance(tiles, -1);
      });
    },
  );

  const gradients = builder.define(
    'gradients',
    integers(13),
    'none',
    (f, v, strideV, pointV, w, strideW, pointW, du, strideU, pointU, tiles, ins, outs, accumulate) => {
      const [point, t, count] = [f.local('i32'), f.local('i32'), f.local('i32')];
      f.for(point, 0, points, 1, () => {
        f.for(t, 0, tiles, GRADIENT_STEPS, () => {
          f.set(count, i32.sub(tiles, t));
          f.set(count, select('i32', GRADIENT_STEPS, count, i32.gt_s(count, GRADIENT_STEPS)));
          const [a, b] = [i32.add(v, i32.mul(t, strideV)), i32.add(w, i32.mul(t, strideW))];
          f.do(byColumns(a, b, du, ins, outs, count, strideV, strideW, strideU, i32.or(accumulate, t), 0));
        });
        f.advance(v, pointV);
        f.advance(w, pointW);
        f.advance(du, pointU);
      });
    },
  );

  const weightGradients = builder.define(
    'weight gradients',
    integers(9),
    'none',
    (f, own, du, strideU, pointU, dw, tapStride, inStride, ins, outs) => {
      const temporary = f.local('i32', i32.add(own, head.table));
      f.while(i32.gt_s(outs, 0), () => {
        f.do(transforms.weightGradient(du, pointU, strideU, dw, tapStride, inStride, ins, temporary));
        f.advance(du, 16);
        f.advance(dw, 16);
        f.advance(outs, -4);
      });
    },
  );
  return { inputs, outputGradients, weights, products, outputs, gradients, weightGradients };
}
