/** @file Does a few steps of one network on one thread and prints what they took: memory-process.ts full|tiny INDEX train|infer. */
import { createRuntime } from '../../src/runtime.ts';
import type { OwnMemory } from './memory-group.ts';
import { networkStep } from './network-step.ts';
import { architectureOf, NETWORKS, TINY_NETWORKS } from './networks.ts';

const [size, index, kind] = process.argv.slice(2);
const startRss = process.memoryUsage.rss();
const network = (size === 'tiny' ? TINY_NETWORKS : NETWORKS)[Number(index)]!;
const runtime = createRuntime();
const step = networkStep(runtime, architectureOf(network), network.batch);
for (let i = 0; i < 3; i++) step[kind as 'train' | 'infer']();
const { heap } = runtime;
const figures: OwnMemory = {
  heapUsed: heap.used,
  heapCapacity: heap.capacity,
  peakRss: process.resourceUsage().maxRSS * 1024,
  startRss,
};
console.log(JSON.stringify(figures));
