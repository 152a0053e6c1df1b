/**
 * @file What every way of cutting the work needs: the grid of tiles, scratch for all lanes, transformed maps.
 */
import type { Arena } from '../../../memory/arena.ts';
import type { Program, Team } from '../../../memory/team.ts';
import { inOrder } from '../../assembler/assembler.ts';
import type { Clip, Conv2dShape } from '../../kernels.ts';
import { SHAPE_BYTES, writeShape } from '../shape.ts';
import { POINTS } from './arguments.ts';
import { winogradModule } from './module.ts';
import type { Scheme } from './scheme.ts';
import { headBytes } from './steps.ts';

/** Bytes beyond the channels of a row: keep rows out of each other's cache sets. */
export const GAP = 64;
/** Tiles that a task transforms. */
const POINT_TILES = 16;

export interface Grid {
  readonly perRow: number;
  readonly perImage: number;
  readonly tiles: number;
}

/** All tiles transformed, [block of channels][point][tile][block + gap]; strides in bytes. */
export interface Transformed {
  readonly at: number;
  readonly stride: number;
  readonly point: number;
  readonly blockBytes: number;
  readonly blocks: number;
}

export interface WinogradRun {
  readonly program: Program;
  readonly grid: (shape: Conv2dShape) => Grid;
  /** The address of the sizes. */
  readonly describe: (shape: Conv2dShape, clip: Clip | null, thetas: number) => number;
  /** Scratch of every lane, `size` bytes beside the head. */
  readonly scratchOf: (size: number) => { readonly scratch: number; readonly bytes: number };
  /** V of x or W of dy, in blocks of channels. */
  readonly transformed: (
    map: number,
    shape: number,
    channels: number,
    block: number,
    places: Grid,
    gradient: boolean,
  ) => Transformed;
}

export const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

export function createWinogradRun(scheme: Scheme, arena: Arena, team: Team, relaxed: boolean): WinogradRun {
  const { heap } = arena;
  const program = team.load(winogradModule(scheme, heap.shared, relaxed));
  const head = headBytes(scheme).table + headBytes(scheme).temporary;
  const points = scheme.points ** 2;

  const grid = (shape: Conv2dShape): Grid => {
    const perRow = Math.ceil(shape.outWidth / scheme.outputs);
    const perImage = perRow * Math.ceil(shape.outHeight / scheme.outputs);
    return { perRow, perImage, tiles: perImage * shape.batch };
  };

  const describe = (shape: Conv2dShape, clip: Clip | null, thetas: number): number => {
    const at = arena.allocate(SHAPE_BYTES);
    writeShape(heap, at, shape, clip, thetas);
    return at;
  };

  const scratchOf = (size: number): { scratch: number; bytes: number } => {
    const bytes = roundUp(head + size, 64) + 64;
    return { scratch: arena.allocate(bytes * team.lanes), bytes };
  };

  const transformed = (
    map: number,
    shape: number,
    channels: number,
    block: number,
    places: Grid,
    gradient: boolean,
  ): Transformed => {
    const blocks = Math.ceil(channels / block);
    const stride = 4 * block + GAP;
    const point = places.tiles * stride + GAP;
    const blockBytes = points * point;
    const at = arena.allocate(blockBytes * blocks);
    const layout = { points: at, tileBlock: POINT_TILES, block, blocks, stride, point, blockBytes };
    const values = {
      shape,
      gradient: Number(gradient),
      map,
      ...places,
      ...layout,
      ...scratchOf(4 * channels),
    };
    const tasks = Math.ceil(places.tiles / POINT_TILES) * blocks;
    team.run(program, 'all points', tasks, inOrder(POINTS, values));
    return { at, stride, point, blockBytes, blocks };
  };

  return { program, grid, describe, scratchOf, transformed };
}
