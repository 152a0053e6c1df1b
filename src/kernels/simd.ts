/**
 * @file The fast kernel set: float32 on the heap, WebAssembly SIMD, all lanes of a team.
 */
import { Arena } from '../memory/arena.ts';
import type { Heap } from '../memory/heap.ts';
import type { Team } from '../memory/team.ts';
import { createSimdConv2d } from './conv2d/simd.ts';
import { createSimdGemm } from './gemm/simd.ts';
import type { Kernels } from './kernels.ts';
import { referenceKernels } from './reference.ts';

/** The kernels share one arena for packed matrices and partial sums; it is free again when a kernel returns. */
export function createSimdKernels(heap: Heap, team: Team): Kernels {
  const arena = new Arena(heap);
  return {
    ...referenceKernels,
    name: 'simd',
    gemm: createSimdGemm(arena, team),
    ...createSimdConv2d(arena, team),
  };
}
