/**
 * @file Weight gradient with many channels: V and W are computed once (all-points.ts), then every task takes a block of in
 * and of out channels over all tiles.
 */
import { defineTask, i32 } from '../../assembler/assembler.ts';
import { GAP } from '../../cache.ts';
import type { Conv2dShape } from '../../kernels.ts';
import { ownScratch } from '../../own-scratch.ts';
import { readShape } from '../shape.ts';
import { transformMap } from './all-points.ts';
import { type Base, bytesOf, channelByte, pointBytes } from './base.ts';
import { pointsOf, runTasks, scratchOf, tilingOf, type WinogradRun } from './run.ts';

const CHANNEL_GRADIENT = [
  'shape',
  'v',
  'w',
  'dw',
  'tiles',
  'block', // channels of a task, on both sides
  'outBlocks',
  'stride', // of V and W
  'point',
  'blockBytes',
  'scratch',
  'bytes',
] as const;

/** Channels of a task, on both sides. */
export const GRADIENT_BLOCK = 64;

export function runGradientByChannels(
  run: WinogradRun,
  { x, dy, dw }: { readonly x: number; readonly dy: number; readonly dw: number },
  sizes: Conv2dShape,
  shape: number,
): void {
  const block = GRADIENT_BLOCK;
  const tiling = tilingOf(sizes, run.scheme);
  const input = { address: x, shape, channels: sizes.inChannels, block, gradient: false };
  const v = transformMap(run, input, tiling);
  const output = { address: dy, shape, channels: sizes.outChannels, block, gradient: true };
  const w = transformMap(run, output, tiling);
  const { stride, point, blockBytes } = v;
  const scratch = scratchOf(run, pointsOf(run.scheme) * (block * (4 * block + GAP) + GAP));
  const layout = { tiles: tiling.tiles, block, outBlocks: w.blocks, stride, point, blockBytes };
  const values = { shape, v: v.at, w: w.at, dw, ...layout, ...scratch };
  runTasks(run, 'channel gradient', v.blocks * w.blocks, CHANNEL_GRADIENT, values);
}

/** Task = block of in channels * outBlocks + block of out channels. scratch: [head][dU]. */
export function defineChannelGradient({ builder, step, head }: Base): void {
  defineTask(builder, 'channel gradient', CHANNEL_GRADIENT, (f, p) => {
    const { block, stride, point, tiles } = p;
    const s = readShape(f, p.shape);
    const own = ownScratch(f, p);
    const du = f.let(i32.add(own, head));
    const [a, b] = [f.let(i32.div_s(p.task, p.outBlocks)), f.let(i32.rem_s(p.task, p.outBlocks))];
    const [i0, o0] = [f.let(i32.mul(a, block)), f.let(i32.mul(b, block))];
    const ins = f.let(i32.min_s(i32.sub(s.inChannels, i0), block));
    const outs = f.let(i32.min_s(i32.sub(s.outChannels, o0), block));
    const [v, w] = [i32.add(p.v, i32.mul(a, p.blockBytes)), i32.add(p.w, i32.mul(b, p.blockBytes))];
    const strideU = f.let(i32.add(i32.shl(block, 2), GAP));
    const U = { du, strideU, pointU: pointBytes(f, block, strideU) };
    const V = { v, strideV: stride, pointV: point };
    const W = { w, strideW: stride, pointW: point };
    f.do(step.gradients({ ...V, ...W, ...U, tiles, ins, outs, accumulate: 0 }));
    const inStride = bytesOf(f, s.outChannels);
    const dw = i32.add(p.dw, i32.add(i32.mul(i0, inStride), channelByte(o0)));
    const tapStride = i32.mul(s.inChannels, inStride);
    f.do(step.weightGradients({ head: own, ...U, dw, tapStride, inStride, ins, outs }));
  });
}
