/**
 * @file Many tiles, small kernels: U is computed once (all-weights.ts), then every task takes a block of tiles all the way from x to y
 * within its lane's scratch.
 */
import { defineTask, i32 } from '../../assembler/assembler.ts';
import { GAP } from '../../cache.ts';
import { WHOLE_TILES } from '../../gemm/block.ts';
import { PANEL } from '../../gemm/panel.ts';
import type { Conv2dShape } from '../../kernels.ts';
import { ownScratch } from '../../own-scratch.ts';
import { roundUp } from '../../round-up.ts';
import { readShape } from '../shape.ts';
import { pointOfWeights } from './all-weights.ts';
import { after, type Base, bytesOf, channelByte, pointBytes } from './base.ts';
import { type Ending, pointsOf, runTasks, scratchOf, tilingOf, type WinogradRun } from './run.ts';

const TILES = [
  'shape',
  'x',
  'u',
  'pointU',
  'y',
  'bias',
  'theta',
  'perRow',
  'perImage',
  'tiles',
  'tileBlock', // tiles of a task
  'outBlock', // out channels of a task
  'outBlocks',
  'strideV',
  'strideM',
  'scratch',
  'bytes',
] as const;

/** Bytes of transformed tiles that a task keeps. */
const TILE_BYTES = 384 * 1024;
/** Out channels of a task, at most. */
const OUT_BLOCK = 128;
/** Rows of a tile of the matrix product. */
const TILE_ROWS = 6;

export function runByTiles(
  run: WinogradRun,
  { x, u, y }: { readonly x: number; readonly u: number; readonly y: number },
  shape: Conv2dShape,
  end: Ending,
): void {
  const { scheme } = run;
  const { inChannels: ins, outChannels: outs } = shape;
  const points = pointsOf(scheme);
  const tiling = tilingOf(shape, scheme);
  const outBlock = Math.min(OUT_BLOCK, roundUp(outs, PANEL));
  const outBlocks = Math.ceil(outs / outBlock);
  const [strideV, strideM] = [4 * ins + GAP, 4 * outBlock + GAP];
  const fit = Math.floor(TILE_BYTES / (points * (strideV + strideM)) / TILE_ROWS) * TILE_ROWS;
  const tileBlock = Math.min(tiling.tiles, Math.max(WHOLE_TILES, fit));
  const scratch = scratchOf(run, 4 * (ins + outs) + points * (tileBlock * (strideV + strideM) + 2 * GAP));
  const layout = { u, pointU: pointOfWeights(shape), tileBlock, outBlock, outBlocks, strideV, strideM };
  const tasks = Math.ceil(tiling.tiles / tileBlock) * outBlocks;
  runTasks(run, 'tiles', tasks, TILES, { ...end, x, y, ...tiling, ...layout, ...scratch });
}

/** Task = tile block * outBlocks + block of out channels. scratch: [head][zeros: ins][bin: outs][V][M]. */
export function defineTiles({ builder, step, clear, points, head }: Base): void {
  defineTask(builder, 'tiles', TILES, (f, p) => {
    const { shape, perRow, perImage, pointU, strideV, strideM, bias, theta } = p;
    const s = readShape(f, shape);
    const own = ownScratch(f, p);
    const zeros = f.let(i32.add(own, head));
    const pixelX = bytesOf(f, s.inChannels);
    const bin = f.let(i32.add(zeros, pixelX));
    const v = f.let(i32.add(bin, i32.shl(s.outChannels, 2)));
    const pointV = pointBytes(f, p.tileBlock, strideV);
    const m = after(f, v, pointV, points);
    const pointM = pointBytes(f, p.tileBlock, strideM);
    const first = f.let(i32.mul(i32.div_s(p.task, p.outBlocks), p.tileBlock));
    const tiles = f.let(i32.min_s(i32.sub(p.tiles, first), p.tileBlock));
    const o0 = f.let(i32.mul(i32.rem_s(p.task, p.outBlocks), p.outBlock));
    const outs = f.let(i32.min_s(i32.sub(s.outChannels, o0), p.outBlock));
    const u = i32.add(p.u, i32.mul(channelByte(o0), s.inChannels));
    const place = { shape, head: own, perRow, perImage, first, tiles };
    const V = { v, strideV, pointV };
    const M = { m, strideM, pointM };
    f.do(clear({ pointer: zeros, bytes: pixelX }));
    f.do(step.inputs({ ...place, map: p.x, zeros, from: 0, bytes: pixelX, ...V }));
    f.do(step.products({ ...V, u, pointU, ...M, tiles, ins: s.inChannels, outs, accumulate: 0 }));
    f.do(step.outputs({ ...place, y: p.y, bin, from: channelByte(o0), outs, ...M, bias, theta }));
  });
}
