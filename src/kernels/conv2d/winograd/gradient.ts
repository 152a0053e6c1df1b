/**
 * @file Weight gradients by minimal filtering: the tasks, again in two ways.
 *
 * Few channels ('tile gradient'): every task takes a chunk of the tiles from x and dy to a partial gradient.
 * Many channels ('all points' for V and W, 'channel gradient'): every task takes a block of in and out channels over all tiles.
 */
import { defineTask, i32 } from '../../assembler/assembler.ts';
import { readShape } from '../shape.ts';
import { CHANNEL_GRADIENT, TILE_GRADIENT } from './arguments.ts';
import { type Base, bytes, least, scratch } from './base.ts';

export function defineGradient(base: Base): void {
  const { builder, step, clear, points, taps, head } = base;

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
}
