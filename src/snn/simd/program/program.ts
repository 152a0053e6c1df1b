/**
 * @file The SIMD engine's WebAssembly module: one for all networks, assembled and loaded once per team.
 *
 * From the ground up, this folder is: layouts/, how everything lies in the heap, as data; reader.ts, source.ts, bits.ts and
 * row-list.ts, which write the code that reads it; gather and fire, what happens at one position and step; scan.ts and the
 * kernels, which go over all of them; and this page. contract.ts shows the layouts to the host.
 */
import { ModuleBuilder } from '../../../kernels/assembler/assembler.ts';
import { loadedOnce } from '../../../kernels/loaded-once.ts';
import type { Heap } from '../../../memory/heap.ts';
import type { Program, Team } from '../../../memory/team.ts';
import { defineCensus } from './census.ts';
import { defineCollect } from './collect.ts';
import { floatBlock } from './float-kernel.ts';
import { integerBlock } from './integer-kernel.ts';
import { defineJobs } from './jobs.ts';
import { defineLayer } from './layer-kernel.ts';
import { defineMaxPool } from './max-pool.ts';
import { defineMerge } from './merge.ts';
import { defineByteMap, defineSpikeMap } from './spike-maps.ts';
import { defineToGrid } from './to-grid.ts';

export const eventProgram: (heap: Heap, team: Team) => Program = loadedOnce((shared) => {
  const builder = new ModuleBuilder({ shared });
  defineToGrid(builder);
  defineSpikeMap(builder);
  defineByteMap(builder);
  defineJobs(builder, {
    layer: defineLayer(builder, 'layer', floatBlock),
    layer8: defineLayer(builder, 'layer8', integerBlock),
    merge: defineMerge(builder),
    collect: defineCollect(builder),
    maxPool: defineMaxPool(builder),
    census: defineCensus(builder),
  });
  return builder.bytes();
});
