/**
 * @file Convolution by implicit matrix products: how the work is cut into tasks. For any kernel, stride and padding.
 */
import type { Arena } from '../../../memory/arena.ts';
import type { Team } from '../../../memory/team.ts';
import { K_BLOCK } from '../../gemm/simd-module.ts';
import type { Clip, Conv2dShape, Floats } from '../../kernels.ts';
import { pointer } from '../../pointer.ts';
import type { Conv2dAlgorithm } from '../algorithm.ts';
import { SHAPE_BYTES, transposedShape, writeShape } from '../shape.ts';
import { implicitModule } from './module.ts';

/** Bytes of columns that a task keeps: a quarter of the second-level cache. */
const COLUMN_BYTES = 256 * 1024;
/** Partial weight gradients: at most so many, and at most so many bytes of them. */
const CHUNKS = 16;
const PART_BYTES = 8 * 2 ** 20;

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

export function createImplicitConv2d(arena: Arena, team: Team, relaxed: boolean): Conv2dAlgorithm {
  const { heap } = arena;
  const program = team.load(implicitModule(heap.shared, relaxed));

  const pixelsPerBlock = (k: number): number =>
    Math.min(192, Math.max(12, Math.floor(COLUMN_BYTES / (4 * k) / 12) * 12));

  const pack = (b: number, n: number, k: number, transposed: boolean): number => {
    const packed = arena.allocate(4 * k * roundUp(n, 8));
    team.run(program, 'pack all', Math.ceil(k / K_BLOCK), [b, packed, n, k, Number(transposed)]);
    return packed;
  };

  const describe = (shape: Conv2dShape, clip: Clip | null, thetas: number): number => {
    const at = arena.allocate(SHAPE_BYTES);
    writeShape(heap, at, shape, clip, thetas);
    return at;
  };

  const correlate = (
    x: number,
    w: number,
    bias: number,
    clip: Clip | null,
    theta: Floats | null,
    y: number,
    shape: Conv2dShape,
  ): void => {
    const k = shape.kernel ** 2 * shape.inChannels;
    const pixels = shape.batch * shape.outHeight * shape.outWidth;
    const descriptor = describe(shape, clip, theta?.length ?? 0);
    const packed = pack(w, shape.outChannels, k, false);
    const pixelBlock = pixelsPerBlock(k);
    const bytes = roundUp(pixelBlock * (4 * k + 32), 64) + 64;
    const scratch = arena.allocate(bytes * team.lanes);
    const limit = clip ? pointer(heap, theta) : 0;
    const buffers = [descriptor, x, packed, y, bias, limit, pixelBlock, scratch, bytes];
    team.run(program, 'forward', Math.ceil(pixels / pixelBlock), buffers);
  };

  return {
    forward(x, w, bias, clip, theta, y, shape) {
      const mark = arena.mark();
      const [px, pw, pb, py] = [x, w, bias, y].map((array) => pointer(heap, array));
      correlate(px!, pw!, pb!, clip, theta, py!, shape);
      arena.release(mark);
    },

    backwardInput(dy, w, dx, shape) {
      const mark = arena.mark();
      const [py, pw, px] = [dy, w, dx].map((array) => pointer(heap, array)) as [number, number, number];
      const { kernel, inChannels, outChannels, padding } = shape;
      if (shape.stride === 1 && padding < kernel) {
        const taps = kernel ** 2;
        const turned = arena.allocate(4 * taps * inChannels * outChannels);
        team.run(program, 'turn', taps, [pw, turned, taps, inChannels, outChannels]);
        correlate(py, turned, 0, null, null, px, transposedShape(shape));
      } else {
        const k = kernel ** 2 * inChannels;
        const packed = pack(pw, k, outChannels, true);
        const pixelBlock = Math.min(pixelsPerBlock(k), shape.outHeight * shape.outWidth);
        const bytes = roundUp(pixelBlock * (4 * k + 32), 64) + 64;
        const scratch = arena.allocate(bytes * team.lanes);
        dx.fill(0);
        const buffers = [describe(shape, null, 0), py, packed, px, pixelBlock, scratch, bytes];
        team.run(program, 'input', shape.batch, buffers);
      }
      arena.release(mark);
    },

    backwardWeights(x, dy, dw, shape) {
      const mark = arena.mark();
      const [px, py, pw] = [x, dy, dw].map((array) => pointer(heap, array)) as [number, number, number];
      const { kernel, inChannels, outChannels } = shape;
      const k = kernel ** 2 * inChannels;
      const pixels = shape.batch * shape.outHeight * shape.outWidth;
      const pixelBlock = Math.min(96, pixelsPerBlock(k));
      const fit = Math.max(1, Math.floor(PART_BYTES / (4 * k * outChannels)));
      const chunks = Math.min(CHUNKS, fit, Math.ceil(pixels / pixelBlock));
      const chunkPixels = roundUp(Math.ceil(pixels / chunks), pixelBlock);
      const used = Math.ceil(pixels / chunkPixels);
      const blocks = used >= 8 ? 1 : Math.min(8, Math.ceil(outChannels / 32));
      const nBlock = roundUp(Math.ceil(outChannels / blocks), 8);
      const columns = Math.ceil(outChannels / nBlock);
      const parts = used > 1 ? arena.allocate(4 * used * k * outChannels) : pw;
      const gap = 64;
      const bytes = roundUp(pixelBlock * (4 * k + gap + 4 * nBlock + 16) + 32 * k, 64) + 64;
      const scratch = arena.allocate(bytes * team.lanes);
      const sizes = [chunkPixels, columns, nBlock, pixelBlock, gap, scratch, bytes];
      team.run(program, 'weights', used * columns, [describe(shape, null, 0), px, py, parts, ...sizes]);
      if (used > 1) {
        const [length, size] = [k * outChannels, 16384];
        team.run(program, 'combine', Math.ceil(length / size), [parts, pw, length, used, size]);
      }
      arena.release(mark);
    },
  };
}
