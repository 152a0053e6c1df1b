/**
 * @file C = A B by SIMD on all workers: how the work is cut into blocks, one task each.
 * A few blocks of rows pack their own B; where many share one, it is packed first.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { fuses, inOrder } from '../assembler/assembler.ts';
import { GAP, scratchStride } from '../cache.ts';
import type { Floats, GemmShape, Kernels } from '../kernels.ts';
import { pointers } from '../pointer.ts';
import { SPARE_BYTES } from './block.ts';
import { GEMM, gemmModule, K_BLOCK, PACK } from './module.ts';
import { PANEL, packedBytes } from './panel.ts';

/** Rows of a block, at most: with K_BLOCK steps they take 192 KiB, which stay in the second-level cache. */
const ROWS = 192;
/** Columns of a block, where there are not rows enough to give all workers something to do. */
const COLUMNS = 64;
/** From more blocks of rows on, these alone are tasks enough. */
const MANY_BLOCKS = 4;

export function createSimdGemm(arena: Arena, team: Team, relaxed: boolean = fuses(team)): Kernels['gemm'] {
  const { heap } = arena;
  const program = team.load(gemmModule(heap.shared, relaxed));

  /** The address of B in panels. */
  const packAll = (b: number, { n, k, transposeB }: GemmShape): number => {
    const packed = arena.allocate(packedBytes(n, k));
    const nBlocks = Math.ceil(n / COLUMNS);
    const values = { b, packed, n, k, transposed: Number(transposeB), nBlock: COLUMNS, nBlocks };
    team.run(program, 'pack all', nBlocks * Math.ceil(k / K_BLOCK), inOrder(PACK, values));
    return packed;
  };

  return (aValues: Floats, bValues: Floats, cValues: Floats, shape: GemmShape): void => {
    const { m, n, k, transposeA, transposeB } = shape;
    if (m === 0 || n === 0) return;
    if (k === 0) {
      cValues.fill(0);
      return;
    }
    const [a, b, c] = pointers(heap, aValues, bValues, cValues);
    const mBlocks = Math.ceil(m / ROWS);
    const mBlock = Math.ceil(m / mBlocks);
    const nBlock = mBlocks > MANY_BLOCKS ? Math.ceil(n / PANEL) * PANEL : COLUMNS;
    const nBlocks = Math.ceil(n / nBlock);
    const mark = arena.mark();
    const packed = mBlocks > 1 ? packAll(b, shape) : 0;
    const spareAt = K_BLOCK * (4 * mBlock + GAP) + (packed ? 0 : packedBytes(nBlock, K_BLOCK));
    const bytes = scratchStride(spareAt + SPARE_BYTES * mBlock);
    const scratch = arena.allocate(bytes * team.lanes);
    const sizes = { m, n, k, transposeA: Number(transposeA), transposeB: Number(transposeB) };
    const blocks = { mBlock, nBlock, nBlocks, packed, scratch, bytes, spareAt };
    team.run(program, 'gemm', mBlocks * nBlocks, inOrder(GEMM, { a, b, c, ...sizes, ...blocks }));
    arena.release(mark);
  };
}
