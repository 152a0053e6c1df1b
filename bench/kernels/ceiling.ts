/**
 * @file The ceiling of 128-bit SIMD on this machine and runtime: multiply-adds in a register-resident 6x8 tile whose
 * operands stay in the first-level cache. Every share of the ceiling that is reported was measured beside it.
 */
import { hasRelaxedSimd, ModuleBuilder } from '../../src/kernels/assembler/assembler.ts';
import { tileRows } from '../../src/kernels/gemm/simd-block.ts';
import { defineStrip } from '../../src/kernels/gemm/simd-tile.ts';
import type { Case } from './case.ts';

const STEPS = 128;
const TILES = 1000;

export function ceilingCase(relaxed: boolean = hasRelaxedSimd): Case {
  const rows = tileRows(relaxed);
  const builder = new ModuleBuilder({ shared: false });
  const strip = defineStrip(builder, { a: 'columns', b: 'packed' }, rows, 2, relaxed);
  builder.define('run', [], 'none', (f) => {
    const i = f.local('i32');
    // A and B lie in one place; the tile is written over and over.
    f.for(i, 0, TILES, 1, () => f.do(strip(0, 8192, 20000, 1, STEPS, 4 * rows, 0, 32, 0)));
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(builder.bytes());
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports as { run: () => void };
  return { name: `ceiling ${rows}x8`, run, flops: 2 * rows * 8 * STEPS * TILES };
}
