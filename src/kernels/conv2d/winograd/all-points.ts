/**
 * @file Maps to points, all of them at once: for the ways of cutting the work whose tasks read every tile.
 * V of x or W of dy: [block of channels][point][tile][block + gap].
 */
import { defineTask, i32, select } from '../../assembler/assembler.ts';
import { GAP } from '../../cache.ts';
import { ownScratch } from '../../own-scratch.ts';
import { readShape } from '../shape.ts';
import { type Base, channelByte } from './base.ts';
import type { FromMap } from './map-steps.ts';
import { pointsOf, runTasks, scratchOf, type Tiling, type WinogradRun } from './run.ts';

const ALL_POINTS = [
  'shape',
  'gradient', // 0: V of x; 1: W of dy
  'map',
  'points',
  'perRow',
  'perImage',
  'tiles',
  'tileBlock', // tiles of a task
  'block', // channels of a task
  'blocks',
  'stride', // bytes from tile to tile,
  'point', // from point to point
  'blockBytes', // and from block to block
  'scratch',
  'bytes',
] as const;

/** Tiles of a task. */
const TILE_BLOCK = 16;

/** All tiles transformed; strides in bytes. */
export interface Points {
  readonly at: number;
  readonly stride: number;
  readonly point: number;
  readonly blockBytes: number;
  readonly blocks: number;
}

/** Which map, of how many channels, and in blocks of how many. */
export interface Map {
  readonly address: number;
  readonly shape: number;
  readonly channels: number;
  readonly block: number;
  readonly gradient: boolean;
}

export function transformMap(run: WinogradRun, map: Map, tiling: Tiling): Points {
  const { arena, scheme } = run;
  const { block, channels, shape } = map;
  const blocks = Math.ceil(channels / block);
  const stride = 4 * block + GAP;
  const point = tiling.tiles * stride + GAP;
  const blockBytes = pointsOf(scheme) * point;
  const at = arena.allocate(blockBytes * blocks);
  const layout = { points: at, tileBlock: TILE_BLOCK, block, blocks, stride, point, blockBytes };
  const gradient = Number(map.gradient);
  const values = { shape, gradient, map: map.address, ...tiling, ...layout };
  const tasks = Math.ceil(tiling.tiles / TILE_BLOCK) * blocks;
  runTasks(run, 'all points', tasks, ALL_POINTS, { ...values, ...scratchOf(run, 4 * channels) });
  return { at, stride, point, blockBytes, blocks };
}

/** Task = tile block * blocks + block of channels. scratch: [head][zeros]. */
export function defineAllPoints({ builder, step, clear, head }: Base): void {
  defineTask(builder, 'all points', ALL_POINTS, (f, p) => {
    const { shape, map, perRow, perImage } = p;
    const s = readShape(f, shape);
    const own = ownScratch(f, p);
    const zeros = f.let(i32.add(own, head));
    const first = f.let(i32.mul(i32.div_s(p.task, p.blocks), p.tileBlock));
    const tiles = f.let(i32.min_s(i32.sub(p.tiles, first), p.tileBlock));
    const block = f.let(i32.rem_s(p.task, p.blocks));
    const c0 = f.let(i32.mul(block, p.block));
    const channels = select('i32', s.outChannels, s.inChannels, p.gradient);
    const size = f.let(i32.shl(i32.min_s(i32.sub(channels, c0), p.block), 2));
    const offset = i32.add(i32.mul(block, p.blockBytes), i32.mul(first, p.stride));
    const to = f.let(i32.add(p.points, offset));
    f.do(clear({ pointer: zeros, bytes: i32.shl(channels, 2) }));
    const source = { shape, head: own, map, zeros, perRow, perImage, first, tiles };
    const target = { from: channelByte(c0), bytes: size, v: to, strideV: p.stride, pointV: p.point };
    const call = (which: FromMap): void => f.do(which({ ...source, ...target }));
    f.if(
      p.gradient,
      () => call(step.outputGradients),
      () => call(step.inputs),
    );
  });
}
