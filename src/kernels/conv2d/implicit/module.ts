/**
 * @file Convolution as a matrix product whose left matrix, the windows as rows (im2col.ts), exists only a few pixels at
 * a time in a lane's own scratch. For any kernel, stride and padding. K = kernel * kernel * inChannels.
 *
 * forward   y[pixels, outChannels] = columns[pixels, K] w[K, outChannels], then bias and activation
 * input     dx += the rows of dy w^T put back; one task per image
 * weights   dw[K, outChannels] += columns^T dy, each task its own chunk of the pixels and block of channels
 */
import { defineTask, i32, ModuleBuilder } from '../../assembler/assembler.ts';
import { defineBlock } from '../../gemm/block.ts';
import { K_BLOCK } from '../../gemm/module.ts';
import { definePacks } from '../../gemm/pack.ts';
import { filledColumns, panelBytes } from '../../gemm/panel.ts';
import { ownScratch } from '../../own-scratch.ts';
import { defineEpilogue, type Epilogue } from '../epilogue.ts';
import { inputsOf, readShape } from '../shape.ts';
import { defineCombine, defineTurn } from '../weights.ts';
import { defineIm2col, type Im2col } from './im2col.ts';
import { defineProduct, type Product } from './product.ts';
import { defineWeights } from './weight-gradient.ts';

export const PACK_ALL = ['b', 'packed', 'n', 'k', 'transposed'] as const;
export const FORWARD = [
  'shape',
  'x',
  'packed',
  'y',
  'bias',
  'theta',
  'pixelBlock', // pixels of a task
  'scratch',
  'bytes', // of scratch from lane to lane
] as const;
export const INPUT = ['shape', 'dy', 'packed', 'dx', 'pixelBlock', 'scratch', 'bytes'] as const;

export function implicitModule(shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const byRows = defineBlock(builder, { a: 'rows', b: 'packed' }, relaxed);
  const byColumns = defineBlock(builder, { a: 'columns', b: 'strided' }, relaxed);
  const packs = definePacks(builder);
  const gather = defineIm2col(builder, 'gather');
  const scatter = defineIm2col(builder, 'scatter');
  const epilogue = defineEpilogue(builder);
  const product = defineProduct(builder, byRows);
  definePackAll(builder, packs);
  defineTurn(builder);
  defineCombine(builder);
  defineForward(builder, gather, product, epilogue);
  defineInput(builder, product, scatter);
  defineWeights(builder, gather, byColumns);
  return builder.bytes();
}

/** One task per k block. b: [k, n] or, transposed, [n, k]. */
function definePackAll(builder: ModuleBuilder, packs: ReturnType<typeof definePacks>): void {
  defineTask(builder, 'pack all', PACK_ALL, (f, { task, b, packed, n, k, transposed }) => {
    const k0 = f.let(i32.mul(task, K_BLOCK));
    const steps = f.let(i32.min_s(i32.sub(k, k0), K_BLOCK));
    const to = f.let(i32.add(packed, i32.shl(i32.mul(k0, filledColumns(n)), 2)));
    const panels = { packed: to, k: steps, n, panelStride: panelBytes(steps) };
    const fromRow = { b: i32.add(b, i32.shl(i32.mul(k0, n), 2)), strideB: i32.shl(n, 2) };
    const fromColumn = { b: i32.add(b, i32.shl(k0, 2)), strideB: i32.shl(k, 2) };
    f.if(
      transposed,
      () => f.do(packs.transposed({ ...panels, ...fromColumn })),
      () => f.do(packs.straight({ ...panels, ...fromRow })),
    );
  });
}

/** scratch per lane: [columns][spare]. */
function defineForward(builder: ModuleBuilder, gather: Im2col, product: Product, epilogue: Epilogue): void {
  defineTask(builder, 'forward', FORWARD, (f, p) => {
    const { shape, x, packed, pixelBlock, bias, theta } = p;
    const s = readShape(f, shape);
    const own = ownScratch(f, p);
    const k = f.let(inputsOf(s));
    const strideA = f.let(i32.shl(k, 2));
    const first = f.let(i32.mul(p.task, pixelBlock));
    const total = i32.mul(i32.mul(s.outHeight, s.outWidth), s.batch);
    const pixels = f.let(i32.min_s(i32.sub(total, first), pixelBlock));
    const strideY = f.let(i32.shl(s.outChannels, 2));
    const y = f.let(i32.add(p.y, i32.mul(first, strideY)));
    f.do(gather({ shape, x, columns: own, first, pixels, strideColumns: strideA }));
    const spare = i32.add(own, i32.mul(pixelBlock, strideA));
    const sizes = { m: pixels, n: s.outChannels, k, strideA, strideC: strideY };
    f.do(product({ a: own, packed, c: y, ...sizes, spare }));
    f.do(epilogue({ shape, y, rows: pixels, channels: s.outChannels, strideY, bias, theta }));
  });
}

/** packed: w^T. One image per task; scratch per lane: [columns][spare]. dx is 0 before. */
function defineInput(builder: ModuleBuilder, product: Product, scatter: Im2col): void {
  defineTask(builder, 'input', INPUT, (f, p) => {
    const { shape, packed, pixelBlock } = p;
    const s = readShape(f, shape);
    const own = ownScratch(f, p);
    const k = f.let(inputsOf(s));
    const strideA = f.let(i32.shl(s.outChannels, 2));
    const strideC = f.let(i32.shl(k, 2));
    const area = f.let(i32.mul(s.outHeight, s.outWidth));
    const first = f.let(i32.mul(p.task, area));
    const end = f.let(i32.add(first, area));
    const pixels = f.local('i32');
    f.for(first, first, end, pixelBlock, () => {
      f.set(pixels, i32.min_s(i32.sub(end, first), pixelBlock));
      const spare = i32.add(own, i32.mul(pixelBlock, strideC));
      const dy = i32.add(p.dy, i32.mul(first, strideA));
      const sizes = { m: pixels, n: k, k: s.outChannels, strideA, strideC };
      f.do(product({ a: dy, packed, c: own, ...sizes, spare }));
      f.do(scatter({ shape, x: p.dx, columns: own, first, pixels, strideColumns: strideC }));
    });
  });
}
