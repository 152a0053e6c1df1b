/** @file What decides the last bits of a job beside the program: whether this machine fuses products and sums. */
import { hasRelaxedSimd, hasSimd } from '../../../kernels/assembler/assembler.ts';
import { ModuleBuilder } from '../../../kernels/assembler/module-builder.ts';
import { f32x4, v128 } from '../../../kernels/assembler/operations.ts';
import type { Job } from '../jobs.ts';

/** fused: one rounding for a product and a sum; separate: two; plain: no vectors at all. */
export type Bits = 'fused' | 'separate' | 'plain';

/** Found out by computing (1 + 2^-12)^2 - 1: only one rounding leaves the 2^-24 in it. */
export function bitsHere(): Bits {
  if (!hasSimd) return 'plain';
  if (!hasRelaxedSimd) return 'separate';
  const builder = new ModuleBuilder({ shared: false });
  builder.define('probe', [], 'none', (f) => {
    f.do(v128.store(48, f32x4.relaxed_madd(v128.load(0), v128.load(16), v128.load(32))));
    return undefined;
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const values = new Float32Array(memory.buffer);
  values.fill(1 + 2 ** -12, 0, 8).fill(-1, 8, 12);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(builder.bytes()), { env: { memory } });
  (exports.probe as () => void)();
  return values[12] === 2 ** -11 ? 'separate' : 'fused';
}

/** What a job needs of a machine for its bits; null: they are the same on all. What it takes of others comes as their files. */
export const bitsNeeded = ({ options }: Job, here: Bits): Bits | null =>
  options.deterministic === true || options.kernels === 'reference' ? null : here;
