/**
 * @file Convolution on SIMD lanes and threads: which way for which shape.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { hasRelaxedSimd } from '../assembler/assembler.ts';
import type { Kernels } from '../kernels.ts';
import { createImplicitConv2d } from './simd-implicit.ts';

/** One way to compute the three products of a convolution. */
export interface SimdConv2d {
  readonly forward: Kernels['conv2d'];
  readonly backwardInput: Kernels['conv2dBackwardInput'];
  readonly backwardWeights: Kernels['conv2dBackwardWeights'];
}

export function createSimdConv2d(
  arena: Arena,
  team: Team,
  relaxed: boolean = hasRelaxedSimd,
): Pick<Kernels, 'conv2d' | 'conv2dBackwardInput' | 'conv2dBackwardWeights'> {
  const implicit = createImplicitConv2d(arena, team, relaxed);
  return {
    conv2d: implicit.forward,
    conv2dBackwardInput: implicit.backwardInput,
    conv2dBackwardWeights: implicit.backwardWeights,
  };
}
