/**
 * @file Products by minimal filtering, forward and to the input: the tasks. There are two ways to cut the work.
 *
 * Many tiles, small kernels ('all weights', 'tiles'): U is computed once, then every task takes a block of tiles all the
 * way from x to y within its lane's scratch.
 * Few tiles, large kernels ('all points', 'channels'): V is computed once, then every task takes a block of out
 * channels; the transformed weights, many times larger than V, exist only a block at a time.
 */
import { defineTask, i32, select } from '../../assembler/assembler.ts';
import { readShape } from '../shape.ts';
import { CHANNELS, POINTS, TILES, WEIGHTS } from './arguments.ts';
import { type Base, bytes, least, scratch } from './base.ts';

export function defineForward(base: Base): void {
  const { builder, step, turn, clear, points, taps, head } = base;

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
}
