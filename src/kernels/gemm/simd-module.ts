/**
 * @file The module behind `gemm`: one task computes the block C[mBlock, nBlock] over all of k, packing B for itself or
 * taking it from a buffer that was packed before.
 *
 * Packed B: [k blocks][ceil(n / 8) panels][steps of the block][8].
 */
import { defineTask, f32, i32, ModuleBuilder, type Operand, select, v128 } from '../assembler/assembler.ts';
import { defineBlock } from './simd-block.ts';
import { definePacks } from './simd-pack.ts';

/** Steps of k per block: a panel of B (8 KiB) and six rows of A (6 KiB) share the first-level cache. */
export const K_BLOCK = 256;
/** Bytes between the rows of a copied A beyond its width: keeps them out of each other's cache sets. */
export const ROW_GAP = 64;

export const PACK = ['b', 'packed', 'n', 'k', 'transposed', 'nBlock', 'nBlocks'] as const;
export const GEMM = [
  'a',
  'b',
  'c',
  'm',
  'n',
  'k',
  'transposeA',
  'transposeB',
  'mBlock',
  'nBlock',
  'nBlocks',
  'packed',
  'scratch',
  'bytes',
  'spareAt',
] as const;

export function gemmModule(shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const byRows = defineBlock(builder, { a: 'rows', b: 'packed' }, relaxed);
  const byColumns = defineBlock(builder, { a: 'columns', b: 'packed' }, relaxed);
  const packs = definePacks(builder);
  const least = (a: Operand<'i32'>, b: Operand<'i32'>) => select('i32', a, b, i32.lt_s(a, b));

  const copyRows = builder.define(
    'copy rows',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, from, to, rows, bytes, strideFrom, strideTo) => {
      const i = f.local('i32');
      const at = f.local('i32');
      f.for(i, 0, rows, 1, () => {
        f.for(at, 0, i32.sub(bytes, 15), 16, () => {
          f.do(v128.store(i32.add(to, at), v128.load(i32.add(from, at))));
        });
        f.while(i32.lt_s(at, bytes), () => {
          f.do(f32.store(i32.add(to, at), f32.load(i32.add(from, at))));
          f.advance(at, 4);
        });
        f.advance(from, strideFrom);
        f.advance(to, strideTo);
      });
    },
  );

  const pack = builder.define(
    'pack b',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, b, to, steps, columns, strideB, transposed) => {
      f.if(
        transposed,
        () => f.do(packs.transposed(b, to, steps, columns, strideB, i32.shl(steps, 5))),
        () => f.do(packs.straight(b, to, steps, columns, strideB, i32.shl(steps, 5))),
      );
    },
  );

  /** One task per k block and group of columns. */
  defineTask(builder, 'pack all', PACK, (f, { task, b, packed, n, k, transposed, nBlock, nBlocks }) => {
    const k0 = f.local('i32', i32.mul(i32.div_s(task, nBlocks), K_BLOCK));
    const n0 = f.local('i32', i32.mul(i32.rem_s(task, nBlocks), nBlock));
    const steps = f.local('i32', least(i32.sub(k, k0), K_BLOCK));
    const strideB = f.local('i32', i32.shl(select('i32', k, n, transposed), 2));
    const width = i32.and(i32.add(n, 7), -8);
    const from = f.local('i32');
    f.set(from, i32.add(i32.mul(k0, strideB), i32.shl(n0, 2)));
    f.if(transposed, () => f.set(from, i32.add(i32.mul(n0, strideB), i32.shl(k0, 2))));
    const to = i32.add(packed, i32.shl(i32.add(i32.mul(k0, width), i32.mul(n0, steps)), 2));
    f.do(pack(i32.add(b, from), to, steps, least(i32.sub(n, n0), nBlock), strideB, transposed));
  });

  /** scratch per lane: [copy of A][packed B][spare]. */
  defineTask(builder, 'gemm', GEMM, (f, p) => {
    const { task, lane, a, b, c, m, n, k, transposeA, transposeB } = p;
    const { mBlock, nBlock, nBlocks, packed, scratch, bytes, spareAt } = p;
    const own = f.local('i32', i32.add(scratch, i32.mul(lane, bytes)));
    const m0 = f.local('i32', i32.mul(i32.div_s(task, nBlocks), mBlock));
    const n0 = f.local('i32', i32.mul(i32.rem_s(task, nBlocks), nBlock));
    const rows = f.local('i32', least(i32.sub(m, m0), mBlock));
    const columns = f.local('i32', least(i32.sub(n, n0), nBlock));
    const strideB = f.local('i32', i32.shl(select('i32', k, n, transposeB), 2));
    const width = f.local('i32', i32.and(i32.add(n, 7), -8));
    const target = f.local('i32', i32.add(c, i32.shl(i32.add(i32.mul(m0, n), n0), 2)));
    const copied = f.local('i32', i32.add(i32.shl(mBlock, 2), ROW_GAP));
    const spare = f.local('i32', i32.add(own, spareAt));
    const k0 = f.local('i32');
    const steps = f.local('i32');
    const from = f.local('i32');
    const panels = f.local('i32');
    f.for(k0, 0, k, K_BLOCK, () => {
      f.set(steps, least(i32.sub(k, k0), K_BLOCK));
      f.if(
        packed,
        () => f.set(panels, i32.add(packed, i32.shl(i32.add(i32.mul(k0, width), i32.mul(n0, steps)), 2))),
        () => {
          f.set(panels, i32.add(own, i32.mul(copied, K_BLOCK)));
          f.set(from, i32.add(i32.mul(k0, strideB), i32.shl(n0, 2)));
          f.if(transposeB, () => f.set(from, i32.add(i32.mul(n0, strideB), i32.shl(k0, 2))));
          f.do(pack(i32.add(b, from), panels, steps, columns, strideB, transposeB));
        },
      );
      const strides = [i32.shl(steps, 5), i32.shl(n, 2), k0, spare] as const;
      f.if(
        transposeA,
        () => {
          const block = i32.add(a, i32.shl(i32.add(i32.mul(k0, m), m0), 2));
          f.do(copyRows(block, own, steps, i32.shl(rows, 2), i32.shl(m, 2), copied));
          f.do(byColumns(own, panels, target, rows, columns, steps, copied, ...strides));
        },
        () => {
          const block = i32.add(a, i32.shl(i32.add(i32.mul(m0, k), k0), 2));
          f.do(byRows(block, panels, target, rows, columns, steps, i32.shl(k, 2), ...strides));
        },
      );
    });
  });
  return builder.bytes();
}
