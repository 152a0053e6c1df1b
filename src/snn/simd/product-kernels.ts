/** @file The kernels of the matrix products, made once per team. */
import { fuses, hasRelaxedSimd } from '../../kernels/assembler/assembler.ts';
import { createByteConv2d } from '../../kernels/conv2d/bytes/bytes.ts';
import { createImplicitConv2d } from '../../kernels/conv2d/implicit/implicit.ts';
import { createSimdConv2d } from '../../kernels/conv2d/simd.ts';
import { createSimdGemm } from '../../kernels/gemm/simd.ts';
import { resetOnError } from '../../kernels/reset-on-error.ts';
import { Arena } from '../../memory/arena.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Team } from '../../memory/team.ts';
import { neverRounds } from '../grid.ts';
import type { SpikingNetwork } from '../network.ts';
import type { ProductKernels } from './machine.ts';

const made = new WeakMap<Team, { readonly fast: ProductKernels; readonly exact: ProductKernels }>();

/** On a grid no sum rounds, and none may begin to: the transforms of fast convolution would, for they divide by 3. */
export function productKernels(network: SpikingNetwork, heap: Heap, team: Team): ProductKernels {
  let known = made.get(team);
  if (!known) {
    const arena = new Arena(heap);
    const gemm = createSimdGemm(arena, team);
    const { conv2d } = createSimdConv2d(arena, team);
    const direct = createImplicitConv2d(arena, team, fuses(team)).forward;
    const bytes = hasRelaxedSimd ? createByteConv2d(arena, team) : null;
    known = {
      fast: resetOnError(arena, { gemm, conv2d, bytes: null }),
      exact: resetOnError(arena, { gemm, conv2d: direct, bytes }),
    };
    made.set(team, known);
  }
  return neverRounds(network) ? known.exact : known.fast;
}
