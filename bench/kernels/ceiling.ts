/**
 * @file The ceiling of 128-bit SIMD on this machine and runtime: multiply-adds in a register-resident 6x8 tile whose
 * operands stay in the first-level cache. Every share of the ceiling that is reported was measured beside it.
 */
import { hasRelaxedSimd, ModuleBuilder } from '../../src/kernels/assembler/assembler.ts';
import { tileRows } from '../../src/kernels/gemm/block.ts';
import { defineStrip } from '../../src/kernels/gemm/strip.ts';
import type { Case } from './case.ts';

const STEPS = 128;
const TILES = 1000;

export function ceilingCase(relaxed: boolean = hasRelaxedSimd): Case {
  const rows = tileRows(relaxed);
  const builder = new ModuleBuilder({ shared: false });
  const layout = { a: 'columns', b: 'packed' } as const;
  const strip = defineStrip(builder, { layout, rows, vectors: 2, relaxed });
  builder.define('run', [], 'none', (f) => {
    const i = f.local('i32');
    // A and B lie in one place; the tile is written over and over.
    const matrices = { a: 0, b: 8192, c: 20000, strideA: 4 * rows, strideB: 0, strideC: 32 };
    const operands = { ...matrices, tiles: 1, k: STEPS, accumulate: 0 };
    f.for(i, 0, TILES, 1, () => f.do(strip(operands)));
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(builder.bytes());
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports as { run: () => void };
  return { name: `ceiling ${rows}x8`, run, flops: 2 * rows * 8 * STEPS * TILES };
}
