/**
 * @file Convolution by minimal filtering: how the work is cut into tasks. For stride 1 and channels in fours.
 * Cuts depend on the shape alone, never on the number of lanes.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { inOrder } from '../assembler/assembler.ts';
import type { Clip, Conv2dShape, Floats } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import type { SimdConv2d } from './simd.ts';
import { SHAPE_BYTES, transposedShape, writeShape } from './simd-shape.ts';
import { COMBINE, TURN } from './simd-weights.ts';
import { FORWARD, GRADIENT, headBytes, WEIGHTS, winogradModule } from './simd-winograd-module.ts';
import type { Scheme } from './winograd-scheme.ts';

/** Bytes of transformed tiles that a task keeps. */
const TILE_BYTES = 512 * 1024;
/** Bytes beyond the channels of a row: keep rows out of each other's cache sets. */
const GAP = 64;
const OUT_BLOCK = 128;
const GRADIENT_BLOCK = 64;
const GRADIENT_TILES = 32;
const GRADIENT_TASKS = 16;

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

export function createWinogradConv2d(scheme: Scheme, arena: Arena, team: Team, relaxed: boolean): SimdConv2d {
  const { heap } = arena;
  const program = team.load(winogradModule(scheme, heap.shared, relaxed));
  const points = scheme.points ** 2;
  const head = headBytes(scheme).table + headBytes(scheme).temporary;

  const grid = (shape: Conv2dShape): { perRow: number; perImage: number; tiles: number } => {
    const perRow = Math.ceil(shape.outWidth / scheme.outputs);
    const perImage = perRow * Math.ceil(shape.outHeight / scheme.outputs);
    return { perRow, perImage, tiles: perImage * shape.batch };
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
    const { inChannels: ins, outChannels: outs } = shape;
    const places = grid(shape);
    const outBlock = Math.min(OUT_BLOCK, roundUp(outs, 8));
    const outBlocks = Math.ceil(outs / outBlock);
    const [strideV, strideM] = [4 * ins + GAP, 4 * outBlock + GAP];
    const fit = Math.floor(TILE_BYTES / (points * (strideV + strideM)) / 6) * 6;
    const tileBlock = Math.min(places.tiles, Math.max(12, fit));
    const bytes = roundUp(head + 4 * (ins + outs) + points * tileBlock * (strideV + strideM), 64) + 64;
    const scratch = arena.allocate(bytes * team.lanes);
    const u = arena.allocate(4 * points * ins * roundUp(outs, 8));
    const rows = 4;
    team.run(
      program,
      'weights',
      Math.ceil(ins / rows),
      inOrder(WEIGHTS, { w, u, ins, outs, rows, scratch, bytes }),
    );
    const tasks = Math.ceil(places.tiles / tileBlock) * outBlocks;
    const limit = clip ? pointer(heap, theta) : 0;
    const descriptor = describe(shape, clip, theta?.length ?? 0);
    const blocks = { tileBlock, outBlock, outBlocks, strideV, strideM, scratch, bytes };
    const values = { shape: descriptor, x, u, y, bias, theta: limit, ...places, ...blocks };
    team.run(program, 'forward', tasks, inOrder(FORWARD, values));
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
      const [ins, outs, taps] = [shape.inChannels, shape.outChannels, shape.kernel ** 2];
      const turned = arena.allocate(4 * taps * ins * outs);
      team.run(program, 'turn', taps, inOrder(TURN, { w: pw, turned, taps, ins, outs }));
      correlate(py, turned, 0, null, null, px, transposedShape(shape));
      arena.release(mark);
    },

    backwardWeights(x, dy, dw, shape) {
      const mark = arena.mark();
      const [px, py, pw] = [x, dy, dw].map((array) => pointer(heap, array)) as [number, number, number];
      const { inChannels: ins, outChannels: outs } = shape;
      const places = grid(shape);
      const [inBlock, outBlock] = [Math.min(GRADIENT_BLOCK, ins), Math.min(GRADIENT_BLOCK, outs)];
      const [inBlocks, outBlocks] = [Math.ceil(ins / inBlock), Math.ceil(outs / outBlock)];
      const tileBlock = Math.min(GRADIENT_TILES, places.tiles);
      const wanted = Math.max(1, Math.floor(GRADIENT_TASKS / (inBlocks * outBlocks)));
      const chunkTiles = roundUp(Math.ceil(places.tiles / wanted), tileBlock);
      const chunks = Math.ceil(places.tiles / chunkTiles);
      const [strideV, strideW] = [4 * inBlock + GAP, 4 * outBlock + GAP];
      const kept = points * (tileBlock * (strideV + strideW) + 4 * inBlock * outBlock);
      const bytes = roundUp(head + 4 * (ins + outs) + kept, 64) + 64;
      const scratch = arena.allocate(bytes * team.lanes);
      const length = shape.kernel ** 2 * ins * outs;
      const parts = chunks > 1 ? arena.allocate(4 * chunks * length) : pw;
      const blocks = { chunkTiles, tileBlock, inBlock, inBlocks, outBlock, outBlocks, strideV, strideW };
      const values = {
        shape: describe(shape, null, 0),
        x: px,
        dy: py,
        parts,
        ...places,
        ...blocks,
        scratch,
        bytes,
      };
      team.run(program, 'gradient', chunks * inBlocks * outBlocks, inOrder(GRADIENT, values));
      if (chunks > 1) {
        const size = 16384;
        const sum = inOrder(COMBINE, { parts, dw: pw, length, chunks, size });
        team.run(program, 'combine', Math.ceil(length / size), sum);
      }
      arena.release(mark);
    },
  };
}
