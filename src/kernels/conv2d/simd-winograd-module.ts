/**
 * @file The module behind one minimal-filtering scheme.
 */
import { ModuleBuilder } from '../assembler/assembler.ts';
import { defineCombine } from './simd-weights.ts';
import { defineBase } from './simd-winograd-base.ts';
import { defineForward } from './simd-winograd-forward.ts';
import { defineGradient } from './simd-winograd-gradient.ts';
import type { Scheme } from './winograd-scheme.ts';

export function winogradModule(scheme: Scheme, shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const base = defineBase(builder, scheme, relaxed);
  defineForward(base);
  defineGradient(base);
  defineCombine(builder);
  return builder.bytes();
}
