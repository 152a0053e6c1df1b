/**
 * @file The event engine's WebAssembly module: one for all networks, assembled and loaded once per team.
 */
import { ModuleBuilder } from '../../../kernels/assembler/assembler.ts';
import type { Heap } from '../../../memory/heap.ts';
import type { Program, Team } from '../../../memory/team.ts';
import { defineCensus, defineCollect } from './collect.ts';
import { integerBlock } from './integer-kernel.ts';
import { defineJobs } from './jobs.ts';
import { defineLayer, floatBlock } from './layer-kernel.ts';
import { defineMerge } from './merge.ts';
import { defineSpikeMap } from './spike-maps.ts';
import { defineToGrid } from './to-grid.ts';

const loaded = new WeakMap<Team, Program>();

export function eventProgram(heap: Heap, team: Team): Program {
  const known = loaded.get(team);
  if (known) return known;
  const builder = new ModuleBuilder({ shared: heap.shared });
  defineToGrid(builder);
  defineSpikeMap(builder);
  defineJobs(builder, {
    layer: defineLayer(builder, 'layer', floatBlock),
    layer8: defineLayer(builder, 'layer8', integerBlock),
    merge: defineMerge(builder),
    collect: defineCollect(builder),
    census: defineCensus(builder),
  });
  const program = team.load(builder.bytes());
  loaded.set(team, program);
  return program;
}
