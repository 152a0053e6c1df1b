/**
 * @file Convolution by implicit matrix products: how the work is cut into tasks. For any kernel, stride and padding.
 */
import type { Arena } from '../../../memory/arena.ts';
import type { Team } from '../../../memory/team.ts';
import { inOrder } from '../../assembler/assembler.ts';
import { GAP, scratchStride } from '../../cache.ts';
import { SPARE_BYTES } from '../../gemm/block.ts';
import { K_BLOCK } from '../../gemm/module.ts';
import { packedBytes } from '../../gemm/panel.ts';
import type { Conv2dShape, ThresholdClip } from '../../kernels.ts';
import { pointer, pointers } from '../../pointer.ts';
import type { Conv2dAlgorithm } from '../algorithm.ts';
import { cutGradient, inputs, pixelsPerBlock } from '../cut-gradient.ts';
import { describeShape, transposedShape } from '../shape.ts';
import { runCombine, runTurn } from '../weights.ts';
import { FORWARD, INPUT, implicitModule, PACK_ALL } from './module.ts';
import { WEIGHTS } from './weight-gradient.ts';

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
