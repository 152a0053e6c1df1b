/** @file The fast matrix product equals the plain one: any size, any transposes, with and without fused multiply-add. */
import { test } from 'node:test';
import fc from 'fast-check';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import { gemm as reference } from '../../src/kernels/gemm/reference.ts';
import { createSimdGemm } from '../../src/kernels/gemm/simd.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { allClose, onHeap } from './support.ts';

const heap = new Heap();
const team = new LocalTeam(heap);
const arena = new Arena(heap);

for (const relaxed of hasRelaxedSimd ? [true, false] : [false]) {
  const gemm = createSimdGemm(arena, team, relaxed);
  const agree = (
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
    seed: number,
  ): void =>
    onHeap(heap, (array) => {
      const shape = { m, n, k, transposeA, transposeB };
      const [a, b, c] = [array(m * k, seed), array(k * n, seed + 1), array(m * n)];
      const expected = new Float64Array(m * n);
      reference(a, b, expected, shape);
      gemm(a, b, c, shape);
      allClose(c, expected, k * 2 ** -23);
    });

  test(`gemm: simd = reference, ${relaxed ? 'fused' : 'plain'} multiply-add`, () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.nat(), agree), { numRuns: 300 });
  });

  test(`gemm: simd = reference across block borders, ${relaxed ? 'fused' : 'plain'} multiply-add`, () => {
    for (const [m, n, k] of [
      [193, 70, 257],
      [400, 9, 300],
      [3, 130, 600],
      [1000, 65, 30],
    ] as const) {
      for (const [ta, tb] of [
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ] as const) {
        agree(m, n, k, ta, tb, m + n);
      }
    }
  });
}
