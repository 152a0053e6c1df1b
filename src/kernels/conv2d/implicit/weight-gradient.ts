/**
 * @file dw[K, outChannels] += columns^T dy. A task is a chunk of the pixels and a block of the out channels, so that
 * there are tasks enough however few pixels there are; the chunks' partial gradients are added up later.
 */
import {
  defineTask,
  type FunctionBuilder,
  f32,
  i32,
  type Local,
  type ModuleBuilder,
} from '../../assembler/assembler.ts';
import { GAP } from '../../cache.ts';
import type { Block } from '../../gemm/block.ts';
import { ownScratch } from '../../own-scratch.ts';
import { inputsOf, readShape } from '../shape.ts';
import type { Im2col } from './im2col.ts';

type Integer = Local<'i32'>;

export const WEIGHTS = [
  'shape',
  'x',
  'dy',
  'parts', // [chunks, K, outChannels]
  'chunkPixels',
  'blocks', // of out channels
  'nBlock', // out channels of a block
  'pixelBlock', // pixels of one round of a task
  'scratch',
  'bytes', // of scratch from lane to lane
] as const;

/** Task = chunk * blocks + block. scratch per lane: [columns][copy of dy][spare]. */
export function defineWeights(builder: ModuleBuilder, gather: Im2col, byColumns: Block): void {
  defineTask(builder, 'weights', WEIGHTS, (f, p) => {
    const { task, shape, x, blocks, nBlock, pixelBlock, chunkPixels } = p;
    const s = readShape(f, shape);
    const own = ownScratch(f, p);
    const k = f.let(inputsOf(s));
    const strideA = f.let(i32.add(i32.shl(k, 2), GAP));
    const chunk = f.let(i32.div_s(task, blocks));
    const n0 = f.let(i32.mul(i32.rem_s(task, blocks), nBlock));
    const columns = f.let(i32.min_s(i32.sub(s.outChannels, n0), nBlock));
    const strideY = f.let(i32.shl(s.outChannels, 2));
    const width = f.let(i32.and(i32.add(i32.shl(nBlock, 2), 15), -16));
    const first = f.let(i32.mul(chunk, chunkPixels));
    const total = i32.mul(i32.mul(s.outHeight, s.outWidth), s.batch);
    const end = f.let(i32.min_s(i32.add(first, chunkPixels), total));
    const part = i32.add(p.parts, i32.add(i32.mul(i32.mul(chunk, k), strideY), i32.shl(n0, 2)));
    const target = f.let(part);
    const copied = f.let(i32.add(own, i32.mul(pixelBlock, strideA)));
    const spare = f.let(i32.add(copied, i32.mul(pixelBlock, width)));
    const [pixels, started, from, row, to] = f.locals(5, 'i32');
    f.for(first, first, end, pixelBlock, () => {
      f.set(pixels, i32.min_s(i32.sub(end, first), pixelBlock));
      f.do(gather({ shape, x, columns: own, first, pixels, strideColumns: strideA }));
      f.set(from, i32.add(p.dy, i32.add(i32.mul(first, strideY), i32.shl(n0, 2))));
      const sizes = { m: k, n: columns, k: pixels, strideA, strideC: strideY };
      const add = (b: Integer, strideB: Integer): void =>
        f.do(byColumns({ a: own, b, strideB, c: target, ...sizes, accumulate: started, spare }));
      f.if(
        i32.and(columns, 3),
        () => {
          copyFloats(f, { from, copied, row, to }, { columns, pixels, strideY, width });
          add(copied, width);
        },
        () => add(from, strideY),
      );
      f.set(started, 1);
    });
  });
}

/** Rows of dy whose columns fill no vector are copied to where reading a whole one is allowed. */
function copyFloats(
  f: FunctionBuilder,
  { from, copied, row, to }: Readonly<Record<'from' | 'copied' | 'row' | 'to', Integer>>,
  sizes: Readonly<Record<'columns' | 'pixels' | 'strideY' | 'width', Integer>>,
): void {
  const { columns, pixels, strideY, width } = sizes;
  const c = f.local('i32');
  f.for(row, 0, pixels, 1, () => {
    f.set(to, i32.add(copied, i32.mul(row, width)));
    f.for(c, 0, i32.shl(columns, 2), 4, () => {
      f.do(f32.store(i32.add(to, c), f32.load(i32.add(from, c))));
    });
    f.advance(from, strideY);
  });
}
