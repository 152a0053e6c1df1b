/**
 * @file What this runtime's WebAssembly can do, found out by validating tiny modules.
 */

import type { Expression } from './expression.ts';
import { ModuleBuilder } from './module-builder.ts';
import { f32x4, v128 } from './operations.ts';

function validates(value: Expression<'v128'>): boolean {
  const builder = new ModuleBuilder({ shared: false });
  builder.define('probe', ['i32'], 'none', (f) => {
    f.drop(value);
  });
  return WebAssembly.validate(builder.bytes());
}

const zero = v128.load(0);

/** 128-bit vectors. */
export const hasSimd: boolean = validates(zero);

/** Fused multiply-add and its relatives (Node 24 and Deno 2 have it, Node 20 only behind a flag). */
export const hasRelaxedSimd: boolean = hasSimd && validates(f32x4.relaxed_madd(zero, zero, zero));

/** Whether a team's programs fuse products and sums: where the runtime can, unless the same bits are wanted everywhere. */
export const fuses = (team: { readonly deterministic: boolean }): boolean =>
  hasRelaxedSimd && !team.deterministic;

/** a * b + c of four elements: fused where the runtime can, else a product and a sum. */
export function multiplyAdd(
  a: Expression<'v128'>,
  b: Expression<'v128'>,
  c: Expression<'v128'>,
  relaxed: boolean = hasRelaxedSimd,
): Expression<'v128'> {
  return relaxed ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}
