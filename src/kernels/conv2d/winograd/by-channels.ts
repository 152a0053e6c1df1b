/**
 * @file Few tiles, large kernels: V is computed once (all-points.ts), then every task takes a block of out channels; the
 * transformed weights, many times larger than V, exist only a block at a time, unless they are prepacked. Sums over the in channels
 * go on from block to block, in their order: the bits are those of one block.
 */
import { defineTask, type FunctionBuilder, i32, type Local } from '../../assembler/assembler.ts';
import { GAP } from '../../cache.ts';
import type { Conv2dShape } from '../../kernels.ts';
import { ownScratch } from '../../own-scratch.ts';
import { type Field, readShape } from '../shape.ts';
import { transformMap } from './all-points.ts';
import { pointOfWeights } from './all-weights.ts';
import { type Base, channelByte, pointBytes } from './base.ts';
import { type Ending, pointsOf, runTasks, scratchOf, tilingOf, type WinogradRun } from './run.ts';

const CHANNELS = [
  'shape',
  'v',
  'w',
  'u', // of all out channels, or 0: a task transforms its own weights
  'pointU',
  'turned', // 1: w is [taps, outs, ins], of the convolution whose dx is wanted, and is turned on the way
  'y',
  'bias',
  'theta',
  'perRow',
  'perImage',
  'tiles',
  'tileBlock', // tiles of one round of a task
  'outBlock', // out channels of a task
  'inBlock', // in channels whose weights exist at a time
  'strideV',
  'pointV',
  'strideM',
  'scratch',
  'bytes',
] as const;

type Integer = Local<'i32'>;

/** Out channels of a task. */
const OUT_BLOCK = 32;
/** Tiles of one round of a task. */
const TILES = 48;
/** Bytes of transformed weights at a time: with the inputs and products of a round they stay in the second-level cache. */
const WEIGHT_BYTES = 640 * 1024;

export function runByChannels(
  run: WinogradRun,
  buffers: {
    readonly x: number;
    readonly w: number;
    readonly u: number;
    readonly turned: boolean;
    readonly y: number;
  },
  shape: Conv2dShape,
  end: Ending,
): void {
  const { x, w, u, turned, y } = buffers;
  const { scheme } = run;
  const { inChannels: ins, outChannels: outs } = shape;
  const points = pointsOf(scheme);
  const tiling = tilingOf(shape, scheme);
  const map = { address: x, shape: end.shape, channels: ins, block: ins, gradient: false };
  const v = transformMap(run, map, tiling);
  const tileBlock = Math.min(TILES, tiling.tiles);
  const strideM = 4 * OUT_BLOCK + GAP;
  // The products of one round are kept from block to block.
  const splits = u === 0 && tiling.tiles <= TILES;
  const fit = Math.floor(WEIGHT_BYTES / (4 * OUT_BLOCK * points));
  const inBlock = splits ? Math.min(ins, fit) : ins;
  const pointU = u ? pointOfWeights(shape) : 4 * inBlock * OUT_BLOCK + 2 * GAP;
  const pointM = tileBlock * strideM + GAP;
  const turnedBytes = turned ? 4 * scheme.taps ** 2 * ins * OUT_BLOCK : 0;
  const ownU = u ? 0 : pointU;
  const scratch = scratchOf(run, 4 * outs + points * (ownU + pointM) + turnedBytes);
  const layout = {
    v: v.at,
    strideV: v.stride,
    pointV: v.point,
    tileBlock,
    outBlock: OUT_BLOCK,
    inBlock,
    strideM,
  };
  const values = { ...end, w, u, pointU, turned: Number(turned), y, ...tiling, ...layout, ...scratch };
  runTasks(run, 'channels', Math.ceil(outs / OUT_BLOCK), CHANNELS, values);
}

/** scratch: [head][bin: outs][U, if it is the task's own][M][turned weights]. */
export function defineChannels(base: Base): void {
  const { builder, step, points, head } = base;
  defineTask(builder, 'channels', CHANNELS, (f, p) => {
    const { shape, perRow, perImage, outBlock, strideV, pointV, pointU, strideM, bias, theta } = p;
    const s = readShape(f, shape);
    const ins = s.inChannels;
    const own = ownScratch(f, p);
    const bin = f.let(i32.add(own, head));
    const m = f.let(i32.add(bin, i32.shl(s.outChannels, 2)));
    const pointM = pointBytes(f, p.tileBlock, strideM);
    const o0 = f.let(i32.mul(p.task, outBlock));
    const outs = f.let(i32.min_s(i32.sub(s.outChannels, o0), outBlock));
    const u = f.let(i32.add(p.u, i32.mul(channelByte(o0), ins)));
    const w = f.let(i32.add(p.w, channelByte(o0)));
    const inStride = f.let(i32.shl(s.outChannels, 2));
    f.if(i32.eqz(p.u), () => {
      f.set(u, m);
      f.set(m, i32.add(u, i32.mul(pointU, points)));
      f.if(p.turned, () => {
        f.set(w, i32.add(m, i32.mul(pointM, points)));
        turnRows(f, base, { w: p.w, turned: w, o0, outs }, s);
        f.set(inStride, i32.shl(outs, 2));
      });
    });
    const tapStride = f.let(i32.mul(inStride, ins));
    const M = { m, strideM, pointM };
    const [i0, count, first, tiles] = f.locals(4, 'i32');
    f.for(i0, 0, ins, p.inBlock, () => {
      f.set(count, i32.min_s(i32.sub(ins, i0), p.inBlock));
      f.if(i32.eqz(p.u), () =>
        f.do(step.weights({ head: own, w, tapStride, inStride, u, pointU, ins: count, outs })),
      );
      f.advance(w, i32.mul(inStride, count));
      f.for(first, 0, p.tiles, p.tileBlock, () => {
        f.set(tiles, i32.min_s(i32.sub(p.tiles, first), p.tileBlock));
        const v = i32.add(i32.add(p.v, channelByte(i0)), i32.mul(first, strideV));
        f.do(step.products({ v, strideV, pointV, u, pointU, ...M, tiles, ins: count, outs, accumulate: i0 }));
        const place = { shape, head: own, perRow, perImage, first, tiles };
        f.if(i32.ge_s(i32.add(i0, count), ins), () =>
          f.do(step.outputs({ ...place, y: p.y, bin, from: channelByte(o0), outs, ...M, bias, theta })),
        );
      });
    });
  });
}

/** The rows o0 .. of w[tap] become columns, the taps in reverse order. */
function turnRows(
  f: FunctionBuilder,
  { turn, taps }: Base,
  { w, turned, o0, outs }: Readonly<Record<'w' | 'turned' | 'o0' | 'outs', Integer>>,
  s: Readonly<Record<Field, Integer>>,
): void {
  const ins = s.inChannels;
  const from = f.let(i32.add(w, i32.shl(i32.mul(o0, ins), 2)));
  const to = f.let(i32.add(turned, i32.shl(i32.mul(i32.mul(ins, outs), taps - 1), 2)));
  const tap = f.local('i32');
  f.for(tap, 0, taps, 1, () => {
    f.do(turn({ from, to, ins: outs, outs: ins }));
    f.advance(from, i32.shl(i32.mul(ins, s.outChannels), 2));
    f.set(to, i32.sub(to, i32.shl(i32.mul(ins, outs), 2)));
  });
}
