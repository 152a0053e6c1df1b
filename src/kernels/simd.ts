/**
 * @file The fast kernel set: float32 on the heap, WebAssembly SIMD on all workers of a team.
 */
import { Arena } from '../memory/arena.ts';
import type { Heap } from '../memory/heap.ts';
import type { Team } from '../memory/team.ts';
import { createBatchNorm } from './batch-norm/simd.ts';
import { createClip } from './clip/simd.ts';
import { createSimdConv2d } from './conv2d/simd.ts';
import { copy } from './copy/reference.ts';
import { createDepthwise } from './depthwise/simd.ts';
import { equalLengths } from './elementwise/equal-lengths.ts';
import { createMap } from './elementwise/simd.ts';
import { createSimdGemm } from './gemm/simd.ts';
import type { Kernels } from './kernels.ts';
import { createOptimizer } from './optimizer/simd.ts';
import { createPool } from './pool/simd.ts';
import { createReduce } from './reduce/simd.ts';
import { resetOnError } from './reset-on-error.ts';
import { createRows } from './rows/simd.ts';
import { createSoftmax } from './softmax/simd.ts';

/**
 * The kernels share one arena for packed matrices and partial sums; it is free again when a kernel returns or throws, and its
 * chunks stay with the kernels for as long as the heap lives.
 */
export function createSimdKernels(heap: Heap, team: Team): Kernels {
  const arena = new Arena(heap);
  const map = createMap(arena, team);
  return resetOnError<Kernels>(arena, {
    name: 'simd',
    gemm: createSimdGemm(arena, team),
    ...createSimdConv2d(arena, team),
    ...createDepthwise(arena, team),
    ...createRows(arena, team),
    ...createPool(arena, team),
    ...createBatchNorm(arena, team),
    ...createClip(arena, team),
    map,
    ...createReduce(arena, team),
    copy,
    ...equalLengths(map),
    ...createSoftmax(),
    ...createOptimizer(arena, team),
  });
}
