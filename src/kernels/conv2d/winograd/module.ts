/**
 * @file The module behind one minimal-filtering scheme.
 */
import { ModuleBuilder } from '../../assembler/assembler.ts';
import { defineCombine } from '../weights.ts';
import { defineAllPoints } from './all-points.ts';
import { defineAllWeights } from './all-weights.ts';
import { defineBase } from './base.ts';
import { defineChannels } from './by-channels.ts';
import { defineTiles } from './by-tiles.ts';
import { defineChannelGradient } from './gradient-by-channels.ts';
import { defineTileGradient } from './gradient-by-tiles.ts';
import type { Scheme } from './scheme.ts';

export function winogradModule(scheme: Scheme, shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const base = defineBase(builder, scheme, relaxed);
  defineAllWeights(base);
  defineTiles(base);
  defineAllPoints(base);
  defineChannels(base);
  defineTileGradient(base);
  defineChannelGradient(base);
  defineCombine(builder);
  return builder.bytes();
}
