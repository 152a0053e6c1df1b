/**
 * @file Convolution by minimal filtering: which way of cutting the work for which shape. For stride 1 and channels in
 * fours. Cuts depend on the shape alone, never on the number of workers.
 */
import type { Arena } from '../../../memory/arena.ts';
import type { Team } from '../../../memory/team.ts';
import type { Conv2dShape } from '../../kernels.ts';
import { pointer, pointers } from '../../pointer.ts';
import type { Conv2dAlgorithm } from '../algorithm.ts';
import { describeShape, transposedShape } from '../shape.ts';
import { runTurn } from '../weights.ts';
import { prepackedWeights, transformWeights } from './all-weights.ts';
import { runByChannels } from './by-channels.ts';
import { runByTiles } from './by-tiles.ts';
import { GRADIENT_BLOCK, runGradientByChannels } from './gradient-by-channels.ts';
import { runGradientByTiles } from './gradient-by-tiles.ts';
import { winogradModule } from './module.ts';
import { tilingOf, type WinogradRun } from './run.ts';
import type { Scheme } from './scheme.ts';

export function createWinogradConv2d(
  scheme: Scheme,
  arena: Arena,
  team: Team,
  relaxed: boolean,
): Conv2dAlgorithm {
  const { heap } = arena;
  const program = team.load(winogradModule(scheme, heap.shared, relaxed));
  const run: WinogradRun = { scheme, program, arena, team };

  /** True when the transformed weights are larger than the transformed inputs. */
  const isWide = (shape: Conv2dShape): boolean => tilingOf(shape, scheme).tiles < 2 * shape.outChannels;

  return {
    forward(xs, ws, biases, fused, ys, shape, prepacked) {
      const mark = arena.mark();
      const [x, w, bias, y] = pointers(heap, xs, ws, biases, ys);
      const theta = pointer(heap, fused?.theta ?? null);
      const end = { shape: describeShape(arena, shape, fused), bias, theta };
      const u = prepackedWeights(run, ws, shape, prepacked);
      if (isWide(shape)) runByChannels(run, { x, w, u, turned: false, y }, shape, end);
      else runByTiles(run, { x, u: u || transformWeights(run, w, shape), y }, shape, end);
      arena.release(mark);
    },

    backwardInput(dys, ws, dxs, shape) {
      const mark = arena.mark();
      const [dy, w, dx] = pointers(heap, dys, ws, dxs);
      const [ins, outs, taps] = [shape.inChannels, shape.outChannels, shape.kernel ** 2];
      const back = transposedShape(shape);
      const end = { shape: describeShape(arena, back, null), bias: 0, theta: 0 };
      if (isWide(back)) runByChannels(run, { x: dy, w, u: 0, turned: true, y: dx }, back, end);
      else {
        const turned = arena.allocate(4 * taps * ins * outs);
        runTurn(team, program, { w, turned, taps, ins, outs });
        runByTiles(run, { x: dy, u: transformWeights(run, turned, back), y: dx }, back, end);
      }
      arena.release(mark);
    },

    backwardWeights(xs, dys, dws, shape) {
      const mark = arena.mark();
      const [x, dy, dw] = pointers(heap, xs, dys, dws);
      const descriptor = describeShape(arena, shape, null);
      const many = shape.inChannels > GRADIENT_BLOCK || shape.outChannels > GRADIENT_BLOCK;
      if (many) runGradientByChannels(run, { x, dy, dw }, shape, descriptor);
      else runGradientByTiles(run, { x, dy, dw }, shape, descriptor);
      arena.release(mark);
    },
  };
}
