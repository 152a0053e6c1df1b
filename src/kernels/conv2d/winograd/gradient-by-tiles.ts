/**
 * @file Weight gradient with few channels: every task takes a chunk of the tiles from x and dy to a partial gradient.
 */
import { defineTask, i32 } from '../../assembler/assembler.ts';
import { GAP } from '../../cache.ts';
import type { Conv2dShape } from '../../kernels.ts';
import { ownScratch } from '../../own-scratch.ts';
import { roundUp } from '../../round-up.ts';
import { readShape } from '../shape.ts';
import { runCombine } from '../weights.ts';
import { after, type Base, bytesOf, pointBytes } from './base.ts';
import { pointsOf, runTasks, scratchOf, tilingOf, type WinogradRun } from './run.ts';

const TILE_GRADIENT = [
  'shape',
  'x',
  'dy',
  'parts', // [chunks, taps, ins, outs]
  'perRow',
  'perImage',
  'tiles',
  'chunkTiles', // tiles of a task
  'tileBlock', // tiles of one of its rounds
  'strideV',
  'strideW',
  'scratch',
  'bytes',
] as const;

/** Tiles of one round of a task. */
const TILES = 48;
/** Partial weight gradients, at most. */
const CHUNKS = 16;

export function runGradientByTiles(
  run: WinogradRun,
  { x, dy, dw }: { readonly x: number; readonly dy: number; readonly dw: number },
  sizes: Conv2dShape,
  shape: number,
): void {
  const { arena, team, program, scheme } = run;
  const { inChannels: ins, outChannels: outs } = sizes;
  const tiling = tilingOf(sizes, scheme);
  const tileBlock = Math.min(TILES, tiling.tiles);
  const chunkTiles = roundUp(Math.ceil(tiling.tiles / CHUNKS), tileBlock);
  const chunks = Math.ceil(tiling.tiles / chunkTiles);
  const [strideV, strideW] = [4 * ins + GAP, 4 * outs + GAP];
  const perPoint = tileBlock * (strideV + strideW) + 2 * GAP + 4 * ins * outs;
  const scratch = scratchOf(run, 4 * (ins + outs) + pointsOf(scheme) * perPoint);
  const length = sizes.kernel ** 2 * ins * outs;
  const parts = chunks > 1 ? arena.allocate(4 * chunks * length) : dw;
  const layout = { chunkTiles, tileBlock, strideV, strideW };
  const values = { shape, x, dy, parts, ...tiling, ...layout, ...scratch };
  runTasks(run, 'tile gradient', chunks, TILE_GRADIENT, values);
  if (chunks > 1) runCombine(team, program, { parts, dw, length, chunks });
}

/** One task per chunk of tiles; it writes parts[chunk]: [taps, ins, outs]. scratch: [head][zeros][V][W][dU]. */
export function defineTileGradient({ builder, step, clear, points, taps, head }: Base): void {
  defineTask(builder, 'tile gradient', TILE_GRADIENT, (f, p) => {
    const { shape, perRow, perImage, strideV, strideW } = p;
    const s = readShape(f, shape);
    const { inChannels: ins, outChannels: outs } = s;
    const own = ownScratch(f, p);
    const zeros = f.let(i32.add(own, head));
    const [pixelX, pixelY] = [bytesOf(f, ins), bytesOf(f, outs)];
    const v = f.let(i32.add(zeros, i32.add(pixelX, pixelY)));
    const pointV = pointBytes(f, p.tileBlock, strideV);
    const w = after(f, v, pointV, points);
    const pointW = pointBytes(f, p.tileBlock, strideW);
    const du = after(f, w, pointW, points);
    const size = f.let(i32.mul(ins, pixelY));
    const first = f.let(i32.mul(p.task, p.chunkTiles));
    const end = f.let(i32.min_s(i32.add(first, p.chunkTiles), p.tiles));
    const [tiles, accumulate] = f.locals(2, 'i32');
    const place = { shape, head: own, zeros, perRow, perImage, first, tiles, from: 0 };
    const V = { v, strideV, pointV };
    const W = { w, strideW, pointW };
    const U = { du, strideU: pixelY, pointU: size };
    f.do(clear({ pointer: zeros, bytes: i32.add(pixelX, pixelY) }));
    f.for(first, first, end, p.tileBlock, () => {
      f.set(tiles, i32.min_s(i32.sub(end, first), p.tileBlock));
      f.do(step.inputs({ ...place, map: p.x, bytes: pixelX, ...V }));
      const target = { v: w, strideV: strideW, pointV: pointW };
      f.do(step.outputGradients({ ...place, map: p.dy, bytes: pixelY, ...target }));
      f.do(step.gradients({ ...V, ...W, ...U, tiles, ins, outs, accumulate }));
      f.set(accumulate, 1);
    });
    const dw = i32.add(p.parts, i32.mul(i32.mul(p.task, size), taps));
    f.do(step.weightGradients({ head: own, ...U, dw, tapStride: size, inStride: pixelY, ins, outs }));
  });
}
