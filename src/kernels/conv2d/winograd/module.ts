/**
 * @file The module behind one minimal-filtering scheme.
 */
import { ModuleBuilder } from '../../assembler/assembler.ts';
import { defineCombine } from '../weights.ts';
import { defineBase } from './base.ts';
import { defineForward } from './forward.ts';
import { defineGradient } from './gradient.ts';
import type { Scheme } from './scheme.ts';

export function winogradModule(scheme: Scheme, shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const base = defineBase(builder, scheme, relaxed);
  defineForward(base);
  defineGradient(base);
  defineCombine(builder);
  return builder.bytes();
}
