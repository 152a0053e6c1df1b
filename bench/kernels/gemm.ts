/** @file Square matrix products, and the shapes that training a network asks for. */
import { createSimdGemm } from '../../src/kernels/gemm/simd.ts';
import type { GemmShape } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/memory/arena.ts';
import type { Heap } from '../../src/memory/heap.ts';
import type { Team } from '../../src/memory/team.ts';
import type { Case } from './case.ts';

const square = (n: number): GemmShape => ({ m: n, n, k: n, transposeA: false, transposeB: false });

export function gemmCases(heap: Heap, team: Team): Case[] {
  const gemm = createSimdGemm(new Arena(heap), team);
  const shapes: readonly (readonly [string, GemmShape])[] = [
    ...[256, 512, 1024, 2048].map((n) => [`gemm ${n}`, square(n)] as const),
    ['gemm 1024 A^T', { ...square(1024), transposeA: true }],
    ['gemm 1024 B^T', { ...square(1024), transposeB: true }],
    ['linear 64x3136x512', { m: 64, n: 512, k: 3136, transposeA: false, transposeB: false }],
    ['linear input gradient', { m: 64, n: 3136, k: 512, transposeA: false, transposeB: true }],
    ['linear weight gradient', { m: 3136, n: 512, k: 64, transposeA: true, transposeB: false }],
  ];
  return shapes.map(([name, shape]) => {
    const { m, n, k } = shape;
    const [a, b, c] = [m * k, k * n, m * n].map((length) =>
      heap.f32(heap.allocate(4 * length), length).fill(0.5),
    );
    return { name, run: () => gemm(a!, b!, c!, shape), flops: 2 * m * n * k };
  });
}
