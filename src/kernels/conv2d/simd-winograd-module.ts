/**
 * @file The module behind one minimal-filtering scheme: transforms around one small matrix product per point.
 *
 * U (weights): [point][ceil(outs / 8) panels][ins][8]; V (inputs): [point][tile][ins + gap]; M (products) and
 * W (gradients of outputs): [point][tile][outs + gap]; dU: [point][ins][outs]. V, M, W and dU live in a lane's scratch,
 * a block of tiles at a time, so that they need not leave the second-level cache.
 */
import {
  defineTask,
  f32x4Constant,
  i32,
  type Local,
  ModuleBuilder,
  type Operand,
  select,
  v128,
} from '../assembler/assembler.ts';
import { defineBlock } from '../gemm/simd-block.ts';
import { defineEpilogue } from './simd-epilogue.ts';
import { readClip, readShape } from './simd-shape.ts';
import { definePlaces } from './simd-tiles.ts';
import { defineCombine, defineTurn } from './simd-weights.ts';
import { defineTransforms } from './simd-winograd-transforms.ts';
import type { Scheme } from './winograd-scheme.ts';

export const WEIGHTS = ['w', 'u', 'ins', 'outs', 'rows', 'scratch', 'bytes'] as const;
export const FORWARD = [
  'shape',
  'x',
  'u',
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
export const GRADIENT = [
  'shape',
  'x',
  'dy',
  'parts',
  'perRow',
  'perImage',
  'tiles',
  'chunkTiles',
  'tileBlock',
  'inBlock',
  'inBlocks',
  'outBlock',
  'outBlocks',
  'strideV',
  'strideW',
  'scratch',
  'bytes',
] as const;

type I = Local<'i32'>;
type Five = [I, I, I, I, I];

/** Scratch begins with the addresses of a tile and the transform's temporary. */
export function headBytes(scheme: Scheme): { readonly table: number; readonly temporary: number } {
  const most = Math.max(scheme.inputs, scheme.outputs, scheme.points, scheme.taps) ** 2;
  return { table: 4 * most, temporary: 16 * most };
}

export function winogradModule(scheme: Scheme, shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const byRows = defineBlock(builder, { a: 'rows', b: 'packed' }, relaxed);
  const byColumns = defineBlock(builder, { a: 'columns', b: 'strided' }, relaxed);
  const transforms = defineTransforms(builder, scheme, relaxed);
  const epilogue = defineEpilogue(builder);
  const inputPlaces = definePlaces(builder, 'input places', scheme.inputs, scheme.outputs);
  const outputPlaces = definePlaces(builder, 'output places', scheme.outputs, scheme.outputs);
  defineTurn(builder);
  defineCombine(builder);
  const points = scheme.points ** 2;
  const taps = scheme.taps ** 2;
  const head = headBytes(scheme);
  const least = (a: Operand<'i32'>, b: Operand<'i32'>) => select('i32', a, b, i32.lt_s(a, b));
  const zeros = builder.define('zeros', ['i32', 'i32'], 'none', (f, pointer, bytes) => {
    f.set(bytes, i32.add(pointer, bytes));
    f.while(i32.lt_u(pointer, bytes), () => {
      f.do(v128.store(pointer, f32x4Constant(0)));
      f.advance(pointer, 16);
    });
  });

  /** One task per `rows` in channels. */
  defineTask(builder, 'weights', WEIGHTS, (f, { task, lane, w, u, ins, outs, rows, scratch, bytes }) => {
    const temporary = f.local('i32', i32.add(i32.add(scratch, i32.mul(lane, bytes)), head.table));
    const i = f.local('i32', i32.mul(task, rows));
    const end = f.local('i32', least(i32.add(i, rows), ins));
    const strideW = f.local('i32', i32.shl(i32.mul(ins, outs), 2));
    const strideU = f.local('i32', i32.shl(i32.mul(ins, i32.and(i32.add(outs, 7), -8)), 2));
    const panel = f.local('i32', i32.shl(ins, 5));
    const [o, to] = [f.local('i32'), f.local('i32')];
    const from = f.local('i32');
    f.for(i, i, end, 1, () => {
      f.set(from, i32.add(w, i32.shl(i32.mul(i, outs), 2)));
      f.for(o, 0, outs, 4, () => {
        f.set(to, i32.add(u, i32.mul(i32.shr_u(o, 3), panel)));
        // The last panel is only 4 wide when at most 4 columns are left.
        const narrow = i32.eq(i32.add(o, 4), outs);
        const half = i32.and(o, 4);
        f.if(
          i32.and(narrow, i32.eqz(half)),
          () => f.advance(to, i32.shl(i, 4)),
          () => f.advance(to, i32.add(i32.shl(i, 5), i32.shl(half, 2))),
        );
        f.do(transforms.weights(from, strideW, to, strideU, temporary));
        f.advance(from, 16);
      });
    });
  });

  /** Task = tile block * outBlocks + block of out channels. scratch: [head][zeros: ins][bin: outs][V][M]. */
  defineTask(builder, 'forward', FORWARD, (f, p) => {
    const s = readShape(f, p.shape);
    const own = f.local('i32', i32.add(p.scratch, i32.mul(p.lane, p.bytes)));
    const temporary = f.local('i32', i32.add(own, head.table));
    const zero = f.local('i32', i32.add(temporary, head.temporary));
    const pixelX = f.local('i32', i32.shl(s.inChannels, 2));
    const pixelY = f.local('i32', i32.shl(s.outChannels, 2));
    const bin = f.local('i32', i32.add(zero, pixelX));
    const v = f.local('i32', i32.add(bin, pixelY));
    const pointV = f.local('i32', i32.mul(p.tileBlock, p.strideV));
    const m = f.local('i32', i32.add(v, i32.mul(pointV, points)));
    const pointM = f.local('i32', i32.mul(p.tileBlock, p.strideM));
    const first = f.local('i32', i32.mul(i32.div_s(p.task, p.outBlocks), p.tileBlock));
    const count = f.local('i32', least(i32.sub(p.tiles, first), p.tileBlock));
    const o0 = f.local('i32', i32.mul(i32.rem_s(p.task, p.outBlocks), p.outBlock));
    const outs = f.local('i32', least(i32.sub(s.outChannels, o0), p.outBlock));
    const panel = f.local('i32', i32.shl(s.inChannels, 5));
    const pointU = f.local('i32', i32.shl(i32.mul(s.inChannels, i32.and(i32.add(s.outChannels, 7), -8)), 2));
    const [t, at, to] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const u = f.local('i32', i32.add(p.u, i32.mul(i32.shr_u(o0, 3), panel)));
    f.do(zeros(zero, pixelX));

    f.set(to, v);
    const margin = f.local('i32', i32.sub(s.padding, scheme.skipped));
    f.for(t, 0, count, 1, () => {
      f.do(
        inputPlaces(
          own,
          i32.add(first, t),
          p.x,
          s.inHeight,
          s.inWidth,
          pixelX,
          p.perRow,
          p.perImage,
          zero,
          margin,
        ),
      );
      f.do(transforms.input(own, 0, to, pointV, pixelX, temporary));
      f.advance(to, p.strideV);
    });

    f.set(at, v);
    f.set(to, m);
    f.for(t, 0, points, 1, () => {
      f.do(byRows(at, u, to, count, outs, s.inChannels, p.strideV, panel, p.strideM, 0, 0));
      f.advance(at, pointV);
      f.advance(to, pointM);
      f.advance(u, pointU);
    });

    f.set(at, m);
    const o4 = f.local('i32', i32.shl(o0, 2));
    const bias = f.local('i32', select('i32', i32.add(p.bias, o4), 0, p.bias));
    const { perChannel } = readClip(p.shape);
    const theta = f.local('i32', i32.add(p.theta, select('i32', o4, 0, perChannel)));
    f.set(theta, select('i32', theta, 0, p.theta));
    const pixel = f.local('i32');
    f.for(t, 0, count, 1, () => {
      f.do(
        outputPlaces(
          own,
          i32.add(first, t),
          p.y,
          s.outHeight,
          s.outWidth,
          pixelY,
          p.perRow,
          p.perImage,
          bin,
          0,
        ),
      );
      f.do(transforms.output(own, o4, at, pointM, i32.shl(outs, 2), temporary));
      f.if(i32.or(bias, theta), () => {
        f.for(pixel, own, i32.add(own, 4 * scheme.outputs ** 2), 4, () => {
          f.do(epilogue(p.shape, i32.add(i32.load(pixel), o4), 1, outs, 0, bias, theta));
        });
      });
      f.advance(at, p.strideM);
    });
  });

  /**
   * Task = (chunk of tiles * inBlocks + block of in channels) * outBlocks + block of out channels; it writes its block of
   * parts[chunk]: [taps, ins, outs]. scratch: [head][zeros: ins + outs][V][W][dU].
   */
  defineTask(builder, 'gradient', GRADIENT, (f, p) => {
    const s = readShape(f, p.shape);
    const own = f.local('i32', i32.add(p.scratch, i32.mul(p.lane, p.bytes)));
    const temporary = f.local('i32', i32.add(own, head.table));
    const zero = f.local('i32', i32.add(temporary, head.temporary));
    const pixelX = f.local('i32', i32.shl(s.inChannels, 2));
    const pixelY = f.local('i32', i32.shl(s.outChannels, 2));
    const v = f.local('i32', i32.add(zero, i32.add(pixelX, pixelY)));
    const pointV = f.local('i32', i32.mul(p.tileBlock, p.strideV));
    const w = f.local('i32', i32.add(v, i32.mul(pointV, points)));
    const pointW = f.local('i32', i32.mul(p.tileBlock, p.strideW));
    const du = f.local('i32', i32.add(w, i32.mul(pointW, points)));
    const strideU = f.local('i32', i32.shl(p.outBlock, 2));
    const pointU = f.local('i32', i32.mul(p.inBlock, strideU));
    const out = i32.rem_s(p.task, p.outBlocks);
    const rest = f.local('i32', i32.div_s(p.task, p.outBlocks));
    const o0 = f.local('i32', i32.mul(out, p.outBlock));
    const i0 = f.local('i32', i32.mul(i32.rem_s(rest, p.inBlocks), p.inBlock));
    const chunk = f.local('i32', i32.div_s(rest, p.inBlocks));
    const outs = f.local('i32', least(i32.sub(s.outChannels, o0), p.outBlock));
    const ins = f.local('i32', least(i32.sub(s.inChannels, i0), p.inBlock));
    const first = f.local('i32', i32.mul(chunk, p.chunkTiles));
    const end = f.local('i32', least(i32.add(first, p.chunkTiles), p.tiles));
    const [t, at, to, count, started] = f.locals(5, 'i32') as Five;
    const [i4, o4] = [f.local('i32', i32.shl(i0, 2)), f.local('i32', i32.shl(o0, 2))];
    const margin = f.local('i32', i32.sub(s.padding, scheme.skipped));
    f.do(zeros(zero, i32.add(pixelX, pixelY)));
    f.for(first, first, end, p.tileBlock, () => {
      f.set(count, least(i32.sub(end, first), p.tileBlock));
      f.set(at, v);
      f.set(to, w);
      f.for(t, first, i32.add(first, count), 1, () => {
        f.do(inputPlaces(own, t, p.x, s.inHeight, s.inWidth, pixelX, p.perRow, p.perImage, zero, margin));
        f.do(transforms.input(own, i4, at, pointV, i32.shl(ins, 2), temporary));
        f.do(outputPlaces(own, t, p.dy, s.outHeight, s.outWidth, pixelY, p.perRow, p.perImage, zero, 0));
        f.do(transforms.outputGradient(own, o4, to, pointW, i32.shl(outs, 2), temporary));
        f.advance(at, p.strideV);
        f.advance(to, p.strideW);
      });
      f.set(at, v);
      f.set(to, w);
      f.set(rest, du);
      f.for(t, 0, points, 1, () => {
        f.do(byColumns(at, to, rest, ins, outs, count, p.strideV, p.strideW, strideU, started, 0));
        f.advance(at, pointV);
        f.advance(to, pointW);
        f.advance(rest, pointU);
      });
      f.set(started, 1);
    });
    // Back to taps: parts[chunk][tap][i0 ..][o0 ..].
    const size = f.local('i32', i32.mul(s.inChannels, pixelY));
    const target = i32.add(p.parts, i32.mul(i32.mul(chunk, size), taps));
    f.set(to, i32.add(target, i32.add(i32.mul(i0, pixelY), o4)));
    const o = f.local('i32');
    f.for(t, 0, ins, 1, () => {
      f.for(o, 0, i32.shl(outs, 2), 16, () => {
        f.do(transforms.weightGradient(i32.add(du, o), pointU, i32.add(to, o), size, temporary));
      });
      f.advance(du, strideU);
      f.advance(to, pixelY);
    });
  });
  return builder.bytes();
}
