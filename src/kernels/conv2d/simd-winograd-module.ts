/**
 * @file The module behind one minimal-filtering scheme: the tasks. There are two ways to cut the work.
 *
 * Many tiles, small kernels ('tiles', 'tile gradient'): U is computed once, then every task takes a block of tiles all the way
 * from x to y (or from x and dy to a partial gradient) within its lane's scratch.
 * Few tiles, large kernels ('channels', 'channel gradient'): V (and W) are computed once, then every task takes a block of
 * channels; the transformed weights, many times larger than V, exist only a block at a time.
 */
import {
  defineTask,
  type FunctionBuilder,
  f32x4Constant,
  i32,
  type Local,
  ModuleBuilder,
  type Operand,
  select,
  v128,
} from '../assembler/assembler.ts';
import { readShape } from './simd-shape.ts';
import { defineCombine, defineTurn } from './simd-weights.ts';
import { defineSteps, headBytes } from './simd-winograd-steps.ts';
import type { Scheme } from './winograd-scheme.ts';

export const WEIGHTS = ['w', 'u', 'pointU', 'ins', 'outs', 'block', 'scratch', 'bytes'] as const;
export const TILES = [
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
  'tileBlock',
  'outBlock',
  'outBlocks',
  'strideV',
  'strideM',
  'scratch',
  'bytes',
] as const;
export const POINTS = [
  'shape',
  'gradient',
  'map',
  'points',
  'perRow',
  'perImage',
  'tiles',
  'tileBlock',
  'block',
  'blocks',
  'stride',
  'point',
  'blockBytes',
  'scratch',
  'bytes',
] as const;
export const CHANNELS = [
  'shape',
  'v',
  'w',
  'turned',
  'y',
  'bias',
  'theta',
  'perRow',
  'perImage',
  'tiles',
  'tileBlock',
  'outBlock',
  'strideV',
  'pointV',
  'strideM',
  'scratch',
  'bytes',
] as const;
export const TILE_GRADIENT = [
  'shape',
  'x',
  'dy',
  'parts',
  'perRow',
  'perImage',
  'tiles',
  'chunkTiles',
  'tileBlock',
  'strideV',
  'strideW',
  'scratch',
  'bytes',
] as const;
export const CHANNEL_GRADIENT = [
  'shape',
  'v',
  'w',
  'dw',
  'tiles',
  'block',
  'outBlocks',
  'stride',
  'point',
  'blockBytes',
  'scratch',
  'bytes',
] as const;

type I = Local<'i32'>;
const least = (a: Operand<'i32'>, b: Operand<'i32'>) => select('i32', a, b, i32.lt_s(a, b));

export function winogradModule(scheme: Scheme, shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const step = defineSteps(builder, scheme, relaxed);
  const turn = defineTurn(builder);
  defineCombine(builder);
  const points = scheme.points ** 2;
  const taps = scheme.taps ** 2;
  const head = headBytes(scheme).table + headBytes(scheme).temporary;
  const clear = builder.define('zeros', ['i32', 'i32'], 'none', (f, pointer, bytes) => {
    f.set(bytes, i32.add(pointer, bytes));
    f.while(i32.lt_u(pointer, bytes), () => {
      f.do(v128.store(pointer, f32x4Constant(0)));
      f.advance(pointer, 16);
    });
  });

  /** The lane's own scratch. */
  const scratch = (f: FunctionBuilder, p: { scratch: I; lane: I; bytes: I }): I =>
    f.local('i32', i32.add(p.scratch, i32.mul(p.lane, p.bytes)));
  const bytes = (f: FunctionBuilder, count: I): I => f.local('i32', i32.shl(count, 2));

  /** One task per `block` out channels (a multiple of 8). */
  defineTask(builder, 'all weights', WEIGHTS, (f, p) => {
    const o0 = f.local('i32', i32.mul(p.task, p.block));
    const own = scratch(f, p);
    const inStride = bytes(f, p.outs);
    const from = i32.add(p.w, i32.shl(o0, 2));
    const to = i32.add(p.u, i32.mul(i32.shl(o0, 2), p.ins));
    const outs = least(i32.sub(p.outs, o0), p.block);
    f.do(step.weights(own, from, i32.mul(inStride, p.ins), inStride, to, p.pointU, p.ins, outs));
  });

  /** Task = tile block * outBlocks + block of out channels. scratch: [head][zeros: ins][bin: outs][V][M]. */
  defineTask(builder, 'tiles', TILES, (f, p) => {
    const s = readShape(f, p.shape);
    const own = scratch(f, p);
    const zeros = f.local('i32', i32.add(own, head));
    const pixelX = bytes(f, s.inChannels);
    const bin = f.local('i32', i32.add(zeros, pixelX));
    const v = f.local('i32', i32.add(bin, i32.shl(s.outChannels, 2)));
    const pointV = f.local('i32', i32.add(i32.mul(p.tileBlock, p.strideV), 64));
    const m = f.local('i32', i32.add(v, i32.mul(pointV, points)));
    const pointM = f.local('i32', i32.add(i32.mul(p.tileBlock, p.strideM), 64));
    const first = f.local('i32', i32.mul(i32.div_s(p.task, p.outBlocks), p.tileBlock));
    const tiles = f.local('i32', least(i32.sub(p.tiles, first), p.tileBlock));
    const o0 = f.local('i32', i32.mul(i32.rem_s(p.task, p.outBlocks), p.outBlock));
    const outs = f.local('i32', least(i32.sub(s.outChannels, o0), p.outBlock));
    const u = i32.add(p.u, i32.mul(i32.shl(o0, 2), s.inChannels));
    const places = [p.perRow, p.perImage, first, tiles] as const;
    f.do(clear(zeros, pixelX));
    f.do(step.inputs(p.shape, own, p.x, zeros, ...places, 0, pixelX, v, p.strideV, pointV));
    f.do(step.products(v, p.strideV, pointV, u, p.pointU, m, p.strideM, pointM, tiles, s.inChannels, outs));
    const to = i32.shl(o0, 2);
    f.do(step.outputs(p.shape, own, p.y, bin, ...places, to, outs, m, p.strideM, pointM, p.bias, p.theta));
  });

  /**
   * V of x or, if `gradient`, W of dy: [block of channels][point][tile][block + gap].
   * Task = tile block * blocks + block of channels. scratch: [head][zeros].
   */
  defineTask(builder, 'all points', POINTS, (f, p) => {
    const s = readShape(f, p.shape);
    const own = scratch(f, p);
    const zeros = f.local('i32', i32.add(own, head));
    const first = f.local('i32', i32.mul(i32.div_s(p.task, p.blocks), p.tileBlock));
    const tiles = f.local('i32', least(i32.sub(p.tiles, first), p.tileBlock));
    const block = f.local('i32', i32.rem_s(p.task, p.blocks));
    const c0 = f.local('i32', i32.mul(block, p.block));
    const channels = select('i32', s.outChannels, s.inChannels, p.gradient);
    const size = f.local('i32', i32.shl(least(i32.sub(channels, c0), p.block), 2));
    const to = f.local(
      'i32',
      i32.add(p.points, i32.add(i32.mul(block, p.blockBytes), i32.mul(first, p.stride))),
    );
    f.do(clear(zeros, i32.shl(channels, 2)));
    const call = (which: typeof step.inputs): void =>
      f.do(
        which(
          p.shape,
          own,
          p.map,
          zeros,
          p.perRow,
          p.perImage,
          first,
          tiles,
          i32.shl(c0, 2),
          size,
          to,
          p.stride,
          p.point,
        ),
      );
    f.if(
      p.gradient,
      () => call(step.outputGradients),
      () => call(step.inputs),
    );
  });

  /**
   * One task per outBlock out channels. If `turned`, w is [taps, outs, ins] and is turned on the way.
   * scratch: [head][bin: outs][U][M][turned weights].
   */
  defineTask(builder, 'channels', CHANNELS, (f, p) => {
    const s = readShape(f, p.shape);
    const own = scratch(f, p);
    const bin = f.local('i32', i32.add(own, head));
    const u = f.local('i32', i32.add(bin, i32.shl(s.outChannels, 2)));
    const pointU = f.local('i32', i32.add(i32.shl(i32.mul(s.inChannels, p.outBlock), 2), 128));
    const m = f.local('i32', i32.add(u, i32.mul(pointU, points)));
    const pointM = f.local('i32', i32.add(i32.mul(p.tileBlock, p.strideM), 64));
    const o0 = f.local('i32', i32.mul(p.task, p.outBlock));
    const outs = f.local('i32', least(i32.sub(s.outChannels, o0), p.outBlock));
    const w = f.local('i32', i32.add(p.w, i32.shl(o0, 2)));
    const inStride = f.local('i32', i32.shl(s.outChannels, 2));
    f.if(p.turned, () => {
      // The rows o0 .. of w[tap] become columns.
      f.set(w, i32.add(m, i32.mul(pointM, points)));
      const from = f.local('i32', i32.add(p.w, i32.shl(i32.mul(o0, s.inChannels), 2)));
      const to = f.local('i32', i32.add(w, i32.shl(i32.mul(i32.mul(s.inChannels, outs), taps - 1), 2)));
      const tap = f.local('i32');
      f.for(tap, 0, taps, 1, () => {
        f.do(turn(from, to, outs, s.inChannels));
        f.advance(from, i32.shl(i32.mul(s.inChannels, s.outChannels), 2));
        f.set(to, i32.sub(to, i32.shl(i32.mul(s.inChannels, outs), 2)));
      });
      f.set(inStride, i32.shl(outs, 2));
    });
    f.do(step.weights(own, w, i32.mul(inStride, s.inChannels), inStride, u, pointU, s.inChannels, outs));
    const first = f.local('i32');
    const tiles = f.local('i32');
    f.for(first, 0, p.tiles, p.tileBlock, () => {
      f.set(tiles, least(i32.sub(p.tiles, first), p.tileBlock));
      const v = i32.add(p.v, i32.mul(first, p.strideV));
      f.do(step.products(v, p.strideV, p.pointV, u, pointU, m, p.strideM, pointM, tiles, s.inChannels, outs));
      const places = [p.perRow, p.perImage, first, tiles, i32.shl(o0, 2)] as const;
      f.do(step.outputs(p.shape, own, p.y, bin, ...places, outs, m, p.strideM, pointM, p.bias, p.theta));
    });
  });

  /** One task per chunk of tiles; it writes parts[chunk]: [taps, ins, outs]. scratch: [head][zeros][V][W][dU]. */
  defineTask(builder, 'tile gradient', TILE_GRADIENT, (f, p) => {
    const s = readShape(f, p.shape);
    const own = scratch(f, p);
    const zeros = f.local('i32', i32.add(own, head));
    const [pixelX, pixelY] = [bytes(f, s.inChannels), bytes(f, s.outChannels)];
    const v = f.local('i32', i32.add(zeros, i32.add(pixelX, pixelY)));
    const pointV = f.local('i32', i32.add(i32.mul(p.tileBlock, p.strideV), 64));
    const w = f.local('i32', i32.add(v, i32.mul(pointV, points)));
    const pointW = f.local('i32', i32.add(i32.mul(p.tileBlock, p.strideW), 64));
    const du = f.local('i32', i32.add(w, i32.mul(pointW, points)));
    const size = f.local('i32', i32.mul(s.inChannels, pixelY));
    const first = f.local('i32', i32.mul(p.task, p.chunkTiles));
    const end = f.local('i32', least(i32.add(first, p.chunkTiles), p.tiles));
    const [tiles, started] = [f.local('i32'), f.local('i32')];
    f.do(clear(zeros, i32.add(pixelX, pixelY)));
    f.for(first, first, end, p.tileBlock, () => {
      f.set(tiles, least(i32.sub(end, first), p.tileBlock));
      const places = [zeros, p.perRow, p.perImage, first, tiles, 0] as const;
      f.do(step.inputs(p.shape, own, p.x, ...places, pixelX, v, p.strideV, pointV));
      f.do(step.outputGradients(p.shape, own, p.dy, ...places, pixelY, w, p.strideW, pointW));
      const [left, right] = [[v, p.strideV, pointV] as const, [w, p.strideW, pointW] as const];
      f.do(step.gradients(...left, ...right, du, pixelY, size, tiles, s.inChannels, s.outChannels, started));
      f.set(started, 1);
    });
    const dw = i32.add(p.parts, i32.mul(i32.mul(p.task, size), taps));
    f.do(step.weightGradients(own, du, pixelY, size, dw, size, pixelY, s.inChannels, s.outChannels));
  });

  /** Task = block of in channels * outBlocks + block of out channels. scratch: [head][dU]. */
  defineTask(builder, 'channel gradient', CHANNEL_GRADIENT, (f, p) => {
    const s = readShape(f, p.shape);
    const own = scratch(f, p);
    const du = f.local('i32', i32.add(own, head));
    const [a, b] = [
      f.local('i32', i32.div_s(p.task, p.outBlocks)),
      f.local('i32', i32.rem_s(p.task, p.outBlocks)),
    ];
    const [i0, o0] = [f.local('i32', i32.mul(a, p.block)), f.local('i32', i32.mul(b, p.block))];
    const ins = f.local('i32', least(i32.sub(s.inChannels, i0), p.block));
    const outs = f.local('i32', least(i32.sub(s.outChannels, o0), p.block));
    const [v, w] = [i32.add(p.v, i32.mul(a, p.blockBytes)), i32.add(p.w, i32.mul(b, p.blockBytes))];
    const strideU = f.local('i32', i32.add(i32.shl(p.block, 2), 64));
    const pointU = f.local('i32', i32.add(i32.mul(p.block, strideU), 64));
    const strides = [p.stride, p.point] as const;
    f.do(step.gradients(v, ...strides, w, ...strides, du, strideU, pointU, p.tiles, ins, outs, 0));
    const pixelY = bytes(f, s.outChannels);
    const to = i32.add(p.dw, i32.add(i32.mul(i0, pixelY), i32.shl(o0, 2)));
    f.do(
      step.weightGradients(own, du, strideU, pointU, to, i32.mul(s.inChannels, pixelY), pixelY, ins, outs),
    );
  });
  return builder.bytes();
}
