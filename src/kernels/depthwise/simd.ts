/**
 * @file Convolution of every channel by itself by SIMD on all workers. The window is part of the code. x: [batch, inHeight, inWidth,
 * channels], w: [kernel height, kernel width, channels], y: [batch, outHeight, outWidth, channels].
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { inOrder, ModuleBuilder } from '../assembler/assembler.ts';
import type { DepthwiseShape, Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { cached } from '../vector-loops/cached.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';
import { defineMaps, MAPS } from './maps.ts';
import { defineWeights, WEIGHTS } from './weights.ts';
import type { DepthwiseWindow } from './window.ts';

/** Floats that a task writes and reads, about: far more work than handing it to another thread. */
const TASK_FLOATS = 16384;
/** Channels of a task of the weight gradient: four vectors. */
const BLOCK = 16;

type DepthwiseKernels = Pick<Kernels, 'depthwise' | 'depthwiseBackwardInput' | 'depthwiseBackwardWeights'>;

export function createDepthwise(arena: Arena, team: Team): DepthwiseKernels {
  const { heap } = arena;
  const programFor = cached(
    ({ kernel, stride, before, dilation }: DepthwiseWindow) =>
      [kernel, stride, before, dilation].map((pair) => pair.join('x')).join(),
    (window) => {
      const builder = new ModuleBuilder({ shared: heap.shared });
      defineMaps(builder, 'forward', window);
      defineMaps(builder, 'backward', window);
      defineWeights(builder, window);
      return team.load(builder.bytes());
    },
  );
  const maps = (
    entry: 'forward' | 'backward',
    from: number,
    w: number,
    to: number,
    shape: DepthwiseShape,
  ): void => {
    const { batch, inHeight, inWidth, outHeight, outWidth, channels, kernel } = shape;
    const [read, written] = [
      [inHeight, inWidth],
      [outHeight, outWidth],
    ] as const;
    const [source, target] = entry === 'forward' ? [read, written] : [written, read];
    const rows = batch * target[0]!;
    const perRow = target[1]! * channels * kernel[0] * kernel[1];
    const taskRows = Math.max(1, Math.floor((4 * TASK_FLOATS) / perRow));
    const values = {
      rows,
      taskRows,
      toHeight: target[0]!,
      toWidth: target[1]!,
      fromHeight: source[0]!,
      fromWidth: source[1]!,
      channels,
      from,
      w,
      to,
    };
    runChunks(team, programFor(shape), entry, Math.ceil(rows / taskRows), inOrder(MAPS, values));
  };
  return {
    depthwise: (x, w, y, shape) =>
      maps('forward', pointer(heap, x), pointer(heap, w), pointer(heap, y), shape),
    depthwiseBackwardInput: (dy, w, dx, shape) =>
      maps('backward', pointer(heap, dy), pointer(heap, w), pointer(heap, dx), shape),
    depthwiseBackwardWeights(x, dy, dw, shape) {
      const { batch, inHeight, inWidth, outHeight, outWidth, channels, kernel } = shape;
      const blocks = Math.ceil(channels / BLOCK);
      const sizes = { batch, inHeight, inWidth, outHeight, outWidth, channels, blocks };
      const values = { ...sizes, x: pointer(heap, x), dy: pointer(heap, dy), dw: pointer(heap, dw) };
      team.run(programFor(shape), 'weights', blocks * kernel[0] * kernel[1], inOrder(WEIGHTS, values));
    },
  };
}
