/**
 * @file The module behind `gemm`: one task computes the block C[mBlock, nBlock] over all of k, packing B for itself or
 * taking it from a buffer that was packed before.
 *
 * Packed B: [k blocks][panels of the block (panel.ts)].
 */
import {
  defineFunction,
  defineTask,
  type Expression,
  type FunctionBuilder,
  f32,
  i32,
  type Local,
  ModuleBuilder,
  type NamedCall,
  type NamedLocals,
  select,
  v128,
} from '../assembler/assembler.ts';
import { GAP } from '../cache.ts';
import { ownScratch } from '../own-scratch.ts';
import { type Block, defineBlock } from './block.ts';
import { definePacks } from './pack.ts';
import { filledColumns, panelBytes } from './panel.ts';

/** Steps of k per block: a panel of B (8 KiB) and six rows of A (6 KiB) share the first-level cache. */
export const K_BLOCK = 256;

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
  'nBlocks', // tasks that share a block of rows
  'packed', // 0: every task packs its own block of B
  'scratch',
  'bytes', // of scratch from lane to lane
  'spareAt', // where in it the spare begins
] as const;
const PACK_BLOCK = ['b', 'to', 'steps', 'columns', 'strideB', 'transposed'] as const;
const COPY_ROWS = ['from', 'to', 'rows', 'bytes', 'strideFrom', 'strideTo'] as const;

type Integer = Local<'i32'>;
type CopyRows = NamedCall<(typeof COPY_ROWS)[number]>;
type PackBlock = NamedCall<(typeof PACK_BLOCK)[number]>;

/** What a task of `gemm` calls. */
interface Parts {
  readonly byRows: Block;
  readonly byColumns: Block;
  readonly copyRows: CopyRows;
  readonly pack: PackBlock;
}

export function gemmModule(shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const byRows = defineBlock(builder, { a: 'rows', b: 'packed' }, relaxed);
  const byColumns = defineBlock(builder, { a: 'columns', b: 'packed' }, relaxed);
  const packs = definePacks(builder);
  const copyRows = defineCopyRows(builder);
  const pack = defineFunction(builder, 'pack b', PACK_BLOCK, (f, p) => {
    const operands = { b: p.b, packed: p.to, k: p.steps, n: p.columns, strideB: p.strideB };
    const panelStride = panelBytes(p.steps);
    f.if(
      p.transposed,
      () => f.do(packs.transposed({ ...operands, panelStride })),
      () => f.do(packs.straight({ ...operands, panelStride })),
    );
  });
  definePackAll(builder, pack);
  defineTask(builder, 'gemm', GEMM, (f, p) => writeGemm(f, p, { byRows, byColumns, copyRows, pack }));
  return builder.bytes();
}

function defineCopyRows(builder: ModuleBuilder): CopyRows {
  return defineFunction(builder, 'copy rows', COPY_ROWS, (f, p) => {
    const { from, to, rows, bytes, strideFrom, strideTo } = p;
    const [i, at] = f.locals(2, 'i32');
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
  });
}

/** Writes: from = where the block of B from step k0 and column n0 on begins, in bytes from B. */
function setBlockStart(
  f: FunctionBuilder,
  from: Integer,
  block: { k0: Integer; n0: Integer; strideB: Integer; transposed: Integer },
): void {
  const { k0, n0, strideB, transposed } = block;
  f.set(from, i32.add(i32.mul(k0, strideB), i32.shl(n0, 2)));
  f.if(transposed, () => f.set(from, i32.add(i32.mul(n0, strideB), i32.shl(k0, 2))));
}

/** Where in a packed B the panels of that block begin; width: all columns, filled up to whole panels. */
const panelsAt = (
  packed: Integer,
  { k0, n0, steps }: { k0: Integer; n0: Integer; steps: Integer },
  width: Expression<'i32'>,
): Expression<'i32'> => i32.add(packed, i32.shl(i32.add(i32.mul(k0, width), i32.mul(n0, steps)), 2));

/** One task per k block and group of columns. */
function definePackAll(builder: ModuleBuilder, pack: PackBlock): void {
  defineTask(builder, 'pack all', PACK, (f, { task, b, packed, n, k, transposed, nBlock, nBlocks }) => {
    const k0 = f.let(i32.mul(i32.div_s(task, nBlocks), K_BLOCK));
    const n0 = f.let(i32.mul(i32.rem_s(task, nBlocks), nBlock));
    const steps = f.let(i32.min_s(i32.sub(k, k0), K_BLOCK));
    const strideB = f.let(i32.shl(select('i32', k, n, transposed), 2));
    const from = f.local('i32');
    setBlockStart(f, from, { k0, n0, strideB, transposed });
    const to = panelsAt(packed, { k0, n0, steps }, filledColumns(n));
    const columns = i32.min_s(i32.sub(n, n0), nBlock);
    f.do(pack({ b: i32.add(b, from), to, steps, columns, strideB, transposed }));
  });
}

/** scratch per lane: [copy of A][packed B][spare]. */
function writeGemm(
  f: FunctionBuilder,
  p: NamedLocals<(typeof GEMM)[number] | 'task' | 'lane'>,
  { byRows, byColumns, copyRows, pack }: Parts,
): void {
  const { task, a, b, c, m, n, k, transposeA, transposeB, mBlock, nBlock, nBlocks, packed } = p;
  const own = ownScratch(f, p);
  const m0 = f.let(i32.mul(i32.div_s(task, nBlocks), mBlock));
  const n0 = f.let(i32.mul(i32.rem_s(task, nBlocks), nBlock));
  const rows = f.let(i32.min_s(i32.sub(m, m0), mBlock));
  const columns = f.let(i32.min_s(i32.sub(n, n0), nBlock));
  const strideB = f.let(i32.shl(select('i32', k, n, transposeB), 2));
  const width = f.let(filledColumns(n));
  const target = f.let(i32.add(c, i32.shl(i32.add(i32.mul(m0, n), n0), 2)));
  const copiedRow = f.let(i32.add(i32.shl(mBlock, 2), GAP));
  const spare = f.let(i32.add(own, p.spareAt));
  const [k0, steps, from, panels] = f.locals(4, 'i32');
  f.for(k0, 0, k, K_BLOCK, () => {
    f.set(steps, i32.min_s(i32.sub(k, k0), K_BLOCK));
    f.if(
      packed,
      () => f.set(panels, panelsAt(packed, { k0, n0, steps }, width)),
      () => {
        f.set(panels, i32.add(own, i32.mul(copiedRow, K_BLOCK)));
        setBlockStart(f, from, { k0, n0, strideB, transposed: transposeB });
        const transposed = transposeB;
        f.do(pack({ b: i32.add(b, from), to: panels, steps, columns, strideB, transposed }));
      },
    );
    const right = { b: panels, strideB: panelBytes(steps), k: steps };
    const out = { c: target, m: rows, n: columns, strideC: i32.shl(n, 2), accumulate: k0, spare };
    f.if(
      transposeA,
      () => {
        const block = i32.add(a, i32.shl(i32.add(i32.mul(k0, m), m0), 2));
        const strides = { strideFrom: i32.shl(m, 2), strideTo: copiedRow };
        f.do(copyRows({ from: block, to: own, rows: steps, bytes: i32.shl(rows, 2), ...strides }));
        f.do(byColumns({ a: own, strideA: copiedRow, ...right, ...out }));
      },
      () => {
        const block = i32.add(a, i32.shl(i32.add(i32.mul(m0, k), k0), 2));
        f.do(byRows({ a: block, strideA: i32.shl(k, 2), ...right, ...out }));
      },
    );
  });
}
