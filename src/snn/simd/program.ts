/**
 * @file The event engine's WebAssembly module: one for all networks, assembled and loaded once per team.
 */
import { ModuleBuilder } from '../../kernels/assembler/assembler.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import { defineCensus, defineCollect } from './collect.ts';
import { defineLayer } from './layer-kernel.ts';
import { defineMerge } from './merge.ts';

const loaded = new WeakMap<Team, Program>();

export function eventProgram(heap: Heap, team: Team): Program {
  const known = loaded.get(team);
  if (known) return known;
  const builder = new ModuleBuilder({ shared: heap.shared });
  defineLayer(builder);
  defineCollect(builder);
  defineMerge(builder);
  defineCensus(builder);
  const program = team.load(builder.bytes());
  loaded.set(team, program);
  return program;
}
