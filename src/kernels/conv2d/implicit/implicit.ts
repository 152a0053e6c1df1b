/**
 * @file Convolution by implicit matrix products: how the work is cut into tasks. For any kernel, stride and padding.
 */
import type { Arena } from '../../../memory/arena.ts';
import type { Team } from '../../../memory/team.ts';
import { inOrder } from '../../assembler/assembler.ts';
import { GAP, scratchStride } from '../../cache.ts';
import { SPARE_BYTES, WHOLE_TILES } from '../../gemm/block.ts';
import { K_BLOCK } from '../../gemm/module.ts';
import { PANEL, packedBytes } from '../../gemm/panel.ts';
import type { Conv2dShape, ThresholdClip } from '../../kernels.ts';
import { pointer, pointers } from '../../pointer.ts';
import { roundUp } from '../../round-up.ts';
import type { Conv2dAlgorithm } from '../algorithm.ts';
import { describeShape, transposedShape } from '../shape.ts';
import { runCombine, runTurn } from '../weights.ts';
import { FORWARD, INPUT, implicitModule, PACK_ALL } from './module.ts';
import { WEIGHTS } from './weight-gradient.ts';

/** Bytes of columns that a task keeps: a quarter of the second-level cache. */
const COLUMN_BYTES = 256 * 1024;
/** Pixels of a task, at most: enough for its packed weights to be read seldom, few enough for many tasks. */
const PIXELS = 192;
/** Pixels of one round of a weight gradient: their rows of columns and dy stay in the first-level cache. */
const GRADIENT_PIXELS = 96;
/** Limits on the number of partial weight gradients and on their bytes. */
const CHUNKS = 16;
const PART_BYTES = 8 * 2 ** 20;
/** With fewer chunks than this the out channels are cut as well, so that all lanes have work. */
const ENOUGH_TASKS = 8;
/** Out channels of such a block, at least. */
const LEAST_BLOCK = 32;

/** Inputs of one output. */
const inputs = ({ kernel, inChannels }: Conv2dShape): number => kernel ** 2 * inChannels;

/** Pixels whose windows, k floats each, are written out at once: whole tiles. */
const pixelsPerBlock = (k: number): number =>
  Math.min(PIXELS, Math.max(WHOLE_TILES, Math.floor(COLUMN_BYTES / (4 * k) / WHOLE_TILES) * WHOLE_TILES));

/** How the weight gradient is cut: chunks of pixels times blocks of out channels. */
function cutGradient(shape: Conv2dShape): {
  readonly pixelBlock: number;
  readonly chunks: number;
  readonly chunkPixels: number;
  readonly blocks: number;
  readonly nBlock: number;
} {
  const { outChannels } = shape;
  const k = inputs(shape);
  const pixels = shape.batch * shape.outHeight * shape.outWidth;
  const pixelBlock = Math.min(GRADIENT_PIXELS, pixelsPerBlock(k));
  const fit = Math.max(1, Math.floor(PART_BYTES / (4 * k * outChannels)));
  const most = Math.min(CHUNKS, fit, Math.ceil(pixels / pixelBlock));
  const chunkPixels = roundUp(Math.ceil(pixels / most), pixelBlock);
  const chunks = Math.ceil(pixels / chunkPixels);
  const wanted = chunks >= ENOUGH_TASKS ? 1 : Math.min(ENOUGH_TASKS, Math.ceil(outChannels / LEAST_BLOCK));
  const nBlock = roundUp(Math.ceil(outChannels / wanted), PANEL);
  return { pixelBlock, chunks, chunkPixels, blocks: Math.ceil(outChannels / nBlock), nBlock };
}

export function createImplicitConv2d(arena: Arena, team: Team, relaxed: boolean): Conv2dAlgorithm {
  const { heap } = arena;
  const program = team.load(implicitModule(heap.shared, relaxed));

  /** The address of b, [k, n] or transposed, in panels. */
  const pack = (b: number, n: number, k: number, transposed: boolean): number => {
    const packed = arena.allocate(packedBytes(n, k));
    const values = { b, packed, n, k, transposed: Number(transposed) };
    team.run(program, 'pack all', Math.ceil(k / K_BLOCK), inOrder(PACK_ALL, values));
    return packed;
  };

  /** Scratch of every lane for a block of pixels: their columns and the spare of their product. */
  const scratchFor = (pixelBlock: number, k: number): { scratch: number; bytes: number } => {
    const bytes = scratchStride(pixelBlock * (4 * k + SPARE_BYTES));
    return { scratch: arena.allocate(bytes * team.lanes), bytes };
  };

  /** Addresses of x, w and y; of bias and theta or 0. */
  const correlate = (
    buffers: { readonly x: number; readonly w: number; readonly bias: number; readonly y: number },
    fused: ThresholdClip | null,
    sizes: Conv2dShape,
  ): void => {
    const { x, w, bias, y } = buffers;
    const k = inputs(sizes);
    const pixels = sizes.batch * sizes.outHeight * sizes.outWidth;
    const shape = describeShape(arena, sizes, fused);
    const packed = pack(w, sizes.outChannels, k, false);
    const pixelBlock = pixelsPerBlock(k);
    const scratch = scratchFor(pixelBlock, k);
    const theta = pointer(heap, fused?.theta ?? null);
    const values = { shape, x, packed, y, bias, theta, pixelBlock, ...scratch };
    team.run(program, 'forward', Math.ceil(pixels / pixelBlock), inOrder(FORWARD, values));
  };

  return {
    forward(xs, ws, biases, fused, ys, shape) {
      const mark = arena.mark();
      const [x, w, bias, y] = pointers(heap, xs, ws, biases, ys);
      correlate({ x, w, bias, y }, fused, shape);
      arena.release(mark);
    },

    backwardInput(dys, ws, dxs, sizes) {
      const mark = arena.mark();
      const [dy, w, dx] = pointers(heap, dys, ws, dxs);
      const { kernel, inChannels, outChannels, padding } = sizes;
      if (sizes.stride === 1 && padding < kernel) {
        const turned = arena.allocate(4 * kernel ** 2 * inChannels * outChannels);
        runTurn(team, program, { w, turned, taps: kernel ** 2, ins: inChannels, outs: outChannels });
        correlate({ x: dy, w: turned, bias: 0, y: dx }, null, transposedShape(sizes));
      } else {
        const k = inputs(sizes);
        const packed = pack(w, k, outChannels, true);
        const pixelBlock = Math.min(pixelsPerBlock(k), sizes.outHeight * sizes.outWidth);
        const scratch = scratchFor(pixelBlock, k);
        dxs.fill(0);
        const shape = describeShape(arena, sizes, null);
        team.run(
          program,
          'input',
          sizes.batch,
          inOrder(INPUT, { shape, dy, packed, dx, pixelBlock, ...scratch }),
        );
      }
      arena.release(mark);
    },

    backwardWeights(xs, dys, dws, sizes) {
      const mark = arena.mark();
      const [x, dy, dw] = pointers(heap, xs, dys, dws);
      const k = inputs(sizes);
      const length = k * sizes.outChannels;
      const { chunks, ...cut } = cutGradient(sizes);
      const { pixelBlock, nBlock, blocks } = cut;
      const parts = chunks > 1 ? arena.allocate(4 * chunks * length) : dw;
      const copiedRow = 4 * nBlock + 16;
      const bytes = scratchStride(pixelBlock * (4 * k + GAP + copiedRow) + SPARE_BYTES * k);
      const scratch = arena.allocate(bytes * team.lanes);
      const shape = describeShape(arena, sizes, null);
      const values = { shape, x, dy, parts, ...cut, scratch, bytes };
      team.run(program, 'weights', chunks * blocks, inOrder(WEIGHTS, values));
      if (chunks > 1) runCombine(team, program, { parts, dw, length, chunks });
      arena.release(mark);
    },
  };
}
