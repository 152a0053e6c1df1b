/**
 * @file Convolution by SIMD on all workers: which way for which shape.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { fuses } from '../assembler/assembler.ts';
import type { Conv2dShape, Kernels } from '../kernels.ts';
import type { Conv2dAlgorithm } from './algorithm.ts';
import { createDirectConv2d, hasFewInputs } from './direct/direct.ts';
import { createImplicitConv2d } from './implicit/implicit.ts';
import { type Scheme, toomCook, WHOLE_MAP_2 } from './winograd/scheme.ts';
import { createWinogradConv2d } from './winograd/winograd.ts';

const SCHEMES: readonly Scheme[] = [toomCook(2, 3), toomCook(4, 3), toomCook(2, 5), toomCook(4, 5)];

/** Channels from which on the transforms cost less than they save. */
const LEAST_CHANNELS = 16;

/** Multiplications per pair of channels and image. */
function cost(scheme: Scheme, shape: Conv2dShape): number {
  const tiles = Math.ceil(shape.outHeight / scheme.outputs) * Math.ceil(shape.outWidth / scheme.outputs);
  return tiles * scheme.points ** 2;
}

/** The scheme with the fewest multiplications, if there is one that fits. */
export function schemeFor(shape: Conv2dShape): Scheme | undefined {
  const { kernel, stride, padding, inChannels, outChannels } = shape;
  const channels = [inChannels, outChannels];
  if (stride !== 1 || padding >= kernel) return undefined;
  if (channels.some((count) => count % 4 !== 0 || count < LEAST_CHANNELS)) return undefined;
  const isMapOf2 = [shape.inHeight, shape.inWidth, shape.outHeight, shape.outWidth].every(
    (size) => size === 2,
  );
  if (kernel === 3 && isMapOf2 && padding === 1) return WHOLE_MAP_2;
  return SCHEMES.filter((scheme) => scheme.taps === kernel).sort(
    (a, b) => cost(a, shape) - cost(b, shape),
  )[0];
}

export function createSimdConv2d(
  arena: Arena,
  team: Team,
  relaxed: boolean = fuses(team),
): Pick<Kernels, 'conv2d' | 'conv2dBackwardInput' | 'conv2dBackwardWeights'> {
  const ways = new Map<Scheme | 'direct' | 'implicit', Conv2dAlgorithm>();
  const wayOf = (kind: Scheme | 'direct' | 'implicit'): Conv2dAlgorithm => {
    const known = ways.get(kind);
    if (known) return known;
    const made =
      kind === 'implicit'
        ? createImplicitConv2d(arena, team, relaxed)
        : kind === 'direct'
          ? createDirectConv2d(arena, team, relaxed, () => wayOf('implicit'))
          : createWinogradConv2d(kind, arena, team, relaxed);
    ways.set(kind, made);
    return made;
  };
  const way = (shape: Conv2dShape): Conv2dAlgorithm =>
    wayOf(hasFewInputs(shape) ? 'direct' : (schemeFor(shape) ?? 'implicit'));
  return {
    conv2d: (x, w, bias, fused, y, shape, prepacked) =>
      way(shape).forward(x, w, bias, fused, y, shape, prepacked),
    conv2dBackwardInput: (dy, w, dx, shape) => way(shape).backwardInput(dy, w, dx, shape),
    conv2dBackwardWeights: (x, dy, dw, shape) => way(shape).backwardWeights(x, dy, dw, shape),
  };
}
