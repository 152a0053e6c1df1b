/**
 * @file Convolution as a matrix product whose left matrix, the windows as rows, exists only a few pixels at a time in
 * a lane's own scratch. For any kernel, stride and padding. K = kernel * kernel * inChannels.
 *
 * forward   y[pixels, outChannels] = columns[pixels, K] w[K, outChannels], then bias and activation
 * weights   dw[K, outChannels] += columns^T dy, each task its own chunk of the pixels and block of channels
 * scatter   dx += the rows of dy w^T put back; one task per image
 */
import { f32, i32, type Local, ModuleBuilder, type Operand, select } from '../../assembler/assembler.ts';
import { defineBlock } from '../../gemm/simd-block.ts';
import { K_BLOCK } from '../../gemm/simd-module.ts';
import { definePacks } from '../../gemm/simd-pack.ts';
import { defineEpilogue } from '../epilogue.ts';
import { readShape } from '../shape.ts';
import { defineCombine, defineTurn } from '../weights.ts';
import { defineIm2col } from './im2col.ts';

export function implicitModule(shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const byRows = defineBlock(builder, { a: 'rows', b: 'packed' }, relaxed);
  const byColumns = defineBlock(builder, { a: 'columns', b: 'strided' }, relaxed);
  const packs = definePacks(builder);
  const gather = defineIm2col(builder, 'gather');
  const scatter = defineIm2col(builder, 'scatter');
  const epilogue = defineEpilogue(builder);
  const least = (a: Operand<'i32'>, b: Operand<'i32'>) => select('i32', a, b, i32.lt_s(a, b));

  /** C[m, n] = A[m, k] B in k blocks; packed B: [k blocks][panels][steps][8]. */
  const product = builder.define(
    'product',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, a, packed, c, m, n, k, strideA, strideC, spare) => {
      const k0 = f.local('i32');
      const steps = f.local('i32');
      const width = f.local('i32', i32.and(i32.add(n, 7), -8));
      f.for(k0, 0, k, K_BLOCK, () => {
        f.set(steps, least(i32.sub(k, k0), K_BLOCK));
        const panels = i32.add(packed, i32.shl(i32.mul(k0, width), 2));
        f.do(
          byRows(
            i32.add(a, i32.shl(k0, 2)),
            panels,
            c,
            m,
            n,
            steps,
            strideA,
            i32.shl(steps, 5),
            strideC,
            k0,
            spare,
          ),
        );
      });
    },
  );

  /** One task per k block. b: [k, n] or, transposed, [n, k]. */
  builder.define(
    'pack all',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, task, _lane, b, packed, n, k, transposed) => {
      const k0 = f.local('i32', i32.mul(task, K_BLOCK));
      const steps = f.local('i32', least(i32.sub(k, k0), K_BLOCK));
      const to = f.local('i32', i32.add(packed, i32.shl(i32.mul(k0, i32.and(i32.add(n, 7), -8)), 2)));
      const stride = i32.shl(steps, 5);
      f.if(
        transposed,
        () => f.do(packs.transposed(i32.add(b, i32.shl(k0, 2)), to, steps, n, i32.shl(k, 2), stride)),
        () =>
          f.do(packs.straight(i32.add(b, i32.shl(i32.mul(k0, n), 2)), to, steps, n, i32.shl(n, 2), stride)),
      );
    },
  );

  defineTurn(builder);
  defineCombine(builder);

  /** scratch per lane: [columns][spare]. */
  builder.define(
    'forward',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, task, lane, shape, x, packed, y, bias, theta, pixelBlock, scratch, bytes) => {
      const s = readShape(f, shape);
      const own = f.local('i32', i32.add(scratch, i32.mul(lane, bytes)));
      const k = f.local('i32', i32.mul(i32.mul(s.kernel, s.kernel), s.inChannels));
      const strideA = f.local('i32', i32.shl(k, 2));
      const first = f.local('i32', i32.mul(task, pixelBlock));
      const total = i32.mul(i32.mul(s.outHeight, s.outWidth), s.batch);
      const pixels = f.local('i32', least(i32.sub(total, first), pixelBlock));
      const strideY = f.local('i32', i32.shl(s.outChannels, 2));
      const target = f.local('i32', i32.add(y, i32.mul(first, strideY)));
      f.do(gather(shape, x, own, first, pixels, strideA));
      const spare = i32.add(own, i32.mul(pixelBlock, strideA));
      f.do(product(own, packed, target, pixels, s.outChannels, k, strideA, strideY, spare));
      f.do(epilogue(shape, target, pixels, s.outChannels, strideY, bias, theta));
    },
  );

  /** packed: w^T. One image per task; scratch per lane: [columns][spare]. dx is 0 before. */
  builder.define(
    'input',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, task, lane, shape, dy, packed, dx, pixelBlock, scratch, bytes) => {
      const s = readShape(f, shape);
      const own = f.local('i32', i32.add(scratch, i32.mul(lane, bytes)));
      const k = f.local('i32', i32.mul(i32.mul(s.kernel, s.kernel), s.inChannels));
      const strideA = f.local('i32', i32.shl(s.outChannels, 2));
      const strideC = f.local('i32', i32.shl(k, 2));
      const area = f.local('i32', i32.mul(s.outHeight, s.outWidth));
      const first = f.local('i32', i32.mul(task, area));
      const end = f.local('i32', i32.add(first, area));
      const pixels = f.local('i32');
      f.for(first, first, end, pixelBlock, () => {
        f.set(pixels, least(i32.sub(end, first), pixelBlock));
        const spare = i32.add(own, i32.mul(pixelBlock, strideC));
        const from = i32.add(dy, i32.mul(first, strideA));
        f.do(product(from, packed, own, pixels, k, s.outChannels, strideA, strideC, spare));
        f.do(scatter(shape, dx, own, first, pixels, strideC));
      });
    },
  );

  /** Task = chunk * blocks + block of nBlock out channels. scratch per lane: [columns][copy of dy][spare]. */
  builder.define(
    'weights',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, task, lane, shape, x, dy, parts, chunkPixels, blocks, nBlock, pixelBlock, gap, scratch, bytes) => {
      const s = readShape(f, shape);
      const own = f.local('i32', i32.add(scratch, i32.mul(lane, bytes)));
      const k = f.local('i32', i32.mul(i32.mul(s.kernel, s.kernel), s.inChannels));
      const strideA = f.local('i32', i32.add(i32.shl(k, 2), gap));
      const chunk = f.local('i32', i32.div_s(task, blocks));
      const n0 = f.local('i32', i32.mul(i32.rem_s(task, blocks), nBlock));
      const columns = f.local('i32', least(i32.sub(s.outChannels, n0), nBlock));
      const strideY = f.local('i32', i32.shl(s.outChannels, 2));
      const width = f.local('i32', i32.and(i32.add(i32.shl(nBlock, 2), 15), -16));
      const first = f.local('i32', i32.mul(chunk, chunkPixels));
      const total = i32.mul(i32.mul(s.outHeight, s.outWidth), s.batch);
      const end = f.local('i32', least(i32.add(first, chunkPixels), total));
      const target = f.local(
        'i32',
        i32.add(parts, i32.add(i32.mul(i32.mul(chunk, k), strideY), i32.shl(n0, 2))),
      );
      const copied = f.local('i32', i32.add(own, i32.mul(pixelBlock, strideA)));
      const spare = f.local('i32', i32.add(copied, i32.mul(pixelBlock, width)));
      const pixels = f.local('i32');
      const started = f.local('i32');
      const from = f.local('i32');
      const row = f.local('i32');
      const to = f.local('i32');
      f.for(first, first, end, pixelBlock, () => {
        f.set(pixels, least(i32.sub(end, first), pixelBlock));
        f.do(gather(shape, x, own, first, pixels, strideA));
        f.set(from, i32.add(dy, i32.add(i32.mul(first, strideY), i32.shl(n0, 2))));
        const call = (b: Local<'i32'>, strideB: Local<'i32'>): void =>
          f.do(byColumns(own, b, target, k, columns, pixels, strideA, strideB, strideY, started, spare));
        f.if(
          i32.and(columns, 3),
          () => {
            const c = f.local('i32');
            f.for(row, 0, pixels, 1, () => {
              f.set(to, i32.add(copied, i32.mul(row, width)));
              f.for(c, 0, i32.shl(columns, 2), 4, () => {
                f.do(f32.store(i32.add(to, c), f32.load(i32.add(from, c))));
              });
              f.advance(from, strideY);
            });
            call(copied, width);
          },
          () => call(from, strideY),
        );
        f.set(started, 1);
      });
    },
  );

  return builder.bytes();
}
