/**
 * @file Convolution by minimal filtering: how the work is cut into tasks. For stride 1 and channels in fours.
 * Cuts depend on the shape alone, never on the number of lanes.
 */
import type { Arena } from '../../../memory/arena.ts';
import type { Team } from '../../../memory/team.ts';
import { inOrder } from '../../assembler/assembler.ts';
import type { Conv2dShape } from '../../kernels.ts';
import { pointer } from '../../pointer.ts';
import type { Conv2dAlgorithm } from '../algorithm.ts';
import { transposedShape } from '../shape.ts';
import { COMBINE, TURN } from '../weights.ts';
import { CHANNEL_GRADIENT, CHANNELS, TILE_GRADIENT, TILES, WEIGHTS } from './arguments.ts';
import { createWinogradRun, GAP, roundUp } from './run.ts';
import type { Scheme } from './scheme.ts';

/** What happens to an output last: addresses of the sizes, the bias and theta. */
interface Ending {
  readonly shape: number;
  readonly bias: number;
  readonly theta: number;
}

/** Bytes of transformed tiles that a task keeps. */
const TILE_BYTES = 384 * 1024;
/** Out channels of a task of many tiles, of few tiles; channels of both sides of a weight gradient. */
const OUT_BLOCK = 128;
const CHANNEL_BLOCK = 32;
const GRADIENT_BLOCK = 64;
/** Tiles of one round of a task. */
const CHANNEL_TILES = 48;
const GRADIENT_TILES = 48;
/** Partial weight gradients. */
const CHUNKS = 16;

export function createWinogradConv2d(
  scheme: Scheme,
  arena: Arena,
  team: Team,
  relaxed: boolean,
): Conv2dAlgorithm {
  const { heap } = arena;
  const { program, grid, describe, scratchOf, transformed } = createWinogradRun(scheme, arena, team, relaxed);
  const points = scheme.points ** 2;

  /** Few tiles: every task a block of out channels. If `turned`, w is that of the convolution whose dx is wanted. */
  const byChannels = (
    x: number,
    w: number,
    turned: boolean,
    y: number,
    shape: Conv2dShape,
    end: Ending,
  ): void => {
    const { inChannels: ins, outChannels: outs } = shape;
    const places = grid(shape);
    const v = transformed(x, end.shape, ins, ins, places, false);
    const outBlock = CHANNEL_BLOCK;
    const tileBlock = Math.min(CHANNEL_TILES, places.tiles);
    const strideM = 4 * outBlock + GAP;
    const pointBytes = 4 * ins * outBlock + 2 * GAP + tileBlock * strideM + GAP;
    const kept = scratchOf(
      4 * outs + points * pointBytes + (turned ? 4 * scheme.taps ** 2 * ins * outBlock : 0),
    );
    const layout = { v: v.at, strideV: v.stride, pointV: v.point, tileBlock, outBlock, strideM };
    const values = { ...end, w, turned: Number(turned), y, ...places, ...layout, ...kept };
    team.run(program, 'channels', Math.ceil(outs / outBlock), inOrder(CHANNELS, values));
  };

  /** Many tiles: every task a block of tiles. */
  const byTiles = (x: number, w: number, y: number, shape: Conv2dShape, end: Ending): void => {
    const { inChannels: ins, outChannels: outs } = shape;
    const places = grid(shape);
    const outBlock = Math.min(OUT_BLOCK, roundUp(outs, 8));
    const outBlocks = Math.ceil(outs / outBlock);
    const [strideV, strideM] = [4 * ins + GAP, 4 * outBlock + GAP];
    const fit = Math.floor(TILE_BYTES / (points * (strideV + strideM)) / 6) * 6;
    const tileBlock = Math.min(places.tiles, Math.max(12, fit));
    const kept = scratchOf(4 * (ins + outs) + points * (tileBlock * (strideV + strideM) + 2 * GAP));
    const pointU = 4 * ins * roundUp(outs, 8) + 2 * GAP;
    const u = arena.allocate(points * pointU);
    const block = 16;
    team.run(
      program,
      'all weights',
      Math.ceil(outs / block),
      inOrder(WEIGHTS, { w, u, pointU, ins, outs, block, ...kept }),
    );
    const layout = { u, pointU, tileBlock, outBlock, outBlocks, strideV, strideM };
    const tasks = Math.ceil(places.tiles / tileBlock) * outBlocks;
    team.run(program, 'tiles', tasks, inOrder(TILES, { ...end, x, y, ...places, ...layout, ...kept }));
  };

  /** True when the transformed weights are larger than the transformed inputs. */
  const isWide = (shape: Conv2dShape): boolean => grid(shape).tiles < 2 * shape.outChannels;

  return {
    forward(x, w, bias, clip, theta, y, shape) {
      const mark = arena.mark();
      const [px, pw, pb, py] = [x, w, bias, y].map((array) => pointer(heap, array)) as [
        number,
        number,
        number,
        number,
      ];
      const limit = clip ? pointer(heap, theta) : 0;
      const end = { shape: describe(shape, clip, theta?.length ?? 0), bias: pb, theta: limit };
      if (isWide(shape)) byChannels(px, pw, false, py, shape, end);
      else byTiles(px, pw, py, shape, end);
      arena.release(mark);
    },

    backwardInput(dy, w, dx, shape) {
      const mark = arena.mark();
      const [py, pw, px] = [dy, w, dx].map((array) => pointer(heap, array)) as [number, number, number];
      const [ins, outs, taps] = [shape.inChannels, shape.outChannels, shape.kernel ** 2];
      const back = transposedShape(shape);
      const end = { shape: describe(back, null, 0), bias: 0, theta: 0 };
      if (isWide(back)) {
        byChannels(py, pw, true, px, back, end);
      } else {
        const turned = arena.allocate(4 * taps * ins * outs);
        team.run(program, 'turn', taps, inOrder(TURN, { w: pw, turned, taps, ins, outs }));
        byTiles(py, turned, px, back, end);
      }
      arena.release(mark);
    },

    backwardWeights(x, dy, dw, shape) {
      const mark = arena.mark();
      const [px, py, pw] = [x, dy, dw].map((array) => pointer(heap, array)) as [number, number, number];
      const { inChannels: ins, outChannels: outs } = shape;
      const places = grid(shape);
      const descriptor = describe(shape, null, 0);
      if (ins > GRADIENT_BLOCK || outs > GRADIENT_BLOCK) {
        const block = GRADIENT_BLOCK;
        const v = transformed(px, descriptor, ins, block, places, false);
        const w = transformed(py, descriptor, outs, block, places, true);
        const { stride, point, blockBytes } = v;
        const kept = scratchOf(points * (block * (4 * block + GAP) + GAP));
        const layout = { tiles: places.tiles, block, outBlocks: w.blocks, stride, point, blockBytes };
        const values = { shape: descriptor, v: v.at, w: w.at, dw: pw, ...layout, ...kept };
        team.run(program, 'channel gradient', v.blocks * w.blocks, inOrder(CHANNEL_GRADIENT, values));
      } else {
        const tileBlock = Math.min(GRADIENT_TILES, places.tiles);
        const chunkTiles = roundUp(Math.ceil(places.tiles / CHUNKS), tileBlock);
        const chunks = Math.ceil(places.tiles / chunkTiles);
        const [strideV, strideW] = [4 * ins + GAP, 4 * outs + GAP];
        const perPoint = tileBlock * (strideV + strideW) + 2 * GAP + 4 * ins * outs;
        const kept = scratchOf(4 * (ins + outs) + points * perPoint);
        const length = shape.kernel ** 2 * ins * outs;
        const parts = chunks > 1 ? arena.allocate(4 * chunks * length) : pw;
        const layout = { chunkTiles, tileBlock, strideV, strideW };
        const values = { shape: descriptor, x: px, dy: py, parts, ...places, ...layout, ...kept };
        team.run(program, 'tile gradient', chunks, inOrder(TILE_GRADIENT, values));
        const size = 16384;
        if (chunks > 1) {
          team.run(
            program,
            'combine',
            Math.ceil(length / size),
            inOrder(COMBINE, { parts, dw: pw, length, chunks, size }),
          );
        }
      }
      arena.release(mark);
    },
  };
}
