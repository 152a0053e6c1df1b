/**
 * @file All weights to points: U of every out channel, [point][panels of out channels].
 */
import { defineTask, i32 } from '../../assembler/assembler.ts';
import { GAP } from '../../cache.ts';
import { PANEL, packedBytes } from '../../gemm/panel.ts';
import type { Conv2dShape, Floats } from '../../kernels.ts';
import { ownScratch } from '../../own-scratch.ts';
import type { Prepacked } from '../../prepacked.ts';
import { type Base, bytesOf, channelByte } from './base.ts';
import { pointsOf, runTasks, scratchOf, type WinogradRun } from './run.ts';

const ALL_WEIGHTS = [
  'w',
  'u',
  'pointU',
  'ins',
  'outs',
  'block', // out channels of a task
  'scratch',
  'bytes',
] as const;

/** Out channels of a task. */
const BLOCK = 2 * PANEL;

/** Bytes from point to point of U. */
export const pointOfWeights = ({ inChannels, outChannels }: Conv2dShape): number =>
  packedBytes(outChannels, inChannels) + 2 * GAP;

const allBytes = ({ scheme }: WinogradRun, shape: Conv2dShape): number =>
  pointsOf(scheme) * pointOfWeights(shape);

function write(run: WinogradRun, w: number, u: number, shape: Conv2dShape): void {
  const { inChannels: ins, outChannels: outs } = shape;
  const values = { w, u, pointU: pointOfWeights(shape), ins, outs, block: BLOCK, ...scratchOf(run, 0) };
  runTasks(run, 'all weights', Math.ceil(outs / BLOCK), ALL_WEIGHTS, values);
}

/** The address of U, which lies in the arena. */
export function transformWeights(run: WinogradRun, w: number, shape: Conv2dShape): number {
  const u = run.arena.allocate(allBytes(run, shape));
  write(run, w, u, shape);
  return u;
}

/** The address of U among the prepacked weights, or 0 where it is not kept. */
export function prepackedWeights(
  run: WinogradRun,
  weights: Floats,
  shape: Conv2dShape,
  prepacked: Prepacked | undefined,
): number {
  const form = ['winograd', run.scheme.name, shape.inChannels, shape.outChannels].join();
  const keep = (u: number): void => write(run, weights.byteOffset, u, shape);
  return prepacked?.of(weights, form, allBytes(run, shape), keep) ?? 0;
}

/** One task per `block` out channels (a multiple of PANEL). */
export function defineAllWeights({ builder, step }: Base): void {
  defineTask(builder, 'all weights', ALL_WEIGHTS, (f, p) => {
    const { pointU, ins } = p;
    const o0 = f.let(i32.mul(p.task, p.block));
    const head = ownScratch(f, p);
    const inStride = bytesOf(f, p.outs);
    const w = i32.add(p.w, channelByte(o0));
    const u = i32.add(p.u, i32.mul(channelByte(o0), ins));
    const outs = i32.min_s(i32.sub(p.outs, o0), p.block);
    f.do(step.weights({ head, w, tapStride: i32.mul(inStride, ins), inStride, u, pointU, ins, outs }));
  });
}
