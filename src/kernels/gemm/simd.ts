/**
 * @file C = A B on SIMD lanes and threads: how the work is cut.
 * A few rows of blocks pack their own B; many rows share a B that is packed first.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { fuses, inOrder } from '../assembler/assembler.ts';
import type { Floats, GemmShape, Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { GEMM, gemmModule, K_BLOCK, PACK, ROW_GAP } from './simd-module.ts';

const ROWS = 192;
const COLUMNS = 64;

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

export function createSimdGemm(arena: Arena, team: Team, relaxed: boolean = fuses(team)): Kernels['gemm'] {
  const { heap } = arena;
  const program = team.load(gemmModule(heap.shared, relaxed));
  return (a: Floats, b: Floats, c: Floats, shape: GemmShape): void => {
    const { m, n, k, transposeA, transposeB } = shape;
    if (m === 0 || n === 0) return;
    if (k === 0) {
      c.fill(0);
      return;
    }
    const [pa, pb, pc] = [pointer(heap, a), pointer(heap, b), pointer(heap, c)];
    const mBlocks = Math.ceil(m / ROWS);
    const mBlock = Math.ceil(m / mBlocks);
    const nBlock = mBlocks > 4 ? roundUp(n, 8) : COLUMNS;
    const nBlocks = Math.ceil(n / nBlock);
    const mark = arena.mark();
    let packed = 0;
    if (mBlocks > 1) {
      packed = arena.allocate(4 * k * roundUp(n, 8));
      const groups = Math.ceil(n / COLUMNS);
      const values = {
        b: pb,
        packed,
        n,
        k,
        transposed: Number(transposeB),
        nBlock: COLUMNS,
        nBlocks: groups,
      };
      const tasks = groups * Math.ceil(k / K_BLOCK);
      team.run(program, 'pack all', tasks, inOrder(PACK, values));
    }
    const spareAt = K_BLOCK * (4 * mBlock + ROW_GAP) + (packed ? 0 : 4 * K_BLOCK * nBlock);
    const bytes = roundUp(spareAt + 32 * mBlock, 64) + ROW_GAP;
    const scratch = arena.allocate(bytes * team.lanes);
    const sizes = { m, n, k, transposeA: Number(transposeA), transposeB: Number(transposeB) };
    const blocks = { mBlock, nBlock, nBlocks, packed, scratch, bytes, spareAt };
    team.run(program, 'gemm', mBlocks * nBlocks, inOrder(GEMM, { a: pa, b: pb, c: pc, ...sizes, ...blocks }));
    arena.release(mark);
  };
}
