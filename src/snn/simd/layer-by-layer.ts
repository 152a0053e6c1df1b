/**
 * @file One layer after the other, each over all the steps that the heap holds: its weights are read once for all of them.
 */

import { collectJobs, layerJob, mergeJobs, poolJobs, type Span } from './layer-jobs.ts';
import type { LayerMemory } from './layer-memory.ts';
import { get, type Machine, put } from './machine.ts';
import { descriptorBytes, GROUP_FIELDS, Mode } from './program/contract.ts';
import { runJobs } from './run-jobs.ts';
import { runProduct } from './run-product.ts';

/** Runs steps 0..steps-1 of those that the heap holds. */
export function advanceByLayer(
  machine: Machine,
  layers: readonly LayerMemory[],
  count: number,
  steps: number,
): void {
  const span = { count, first: 0, end: steps };
  for (const memory of layers) {
    machine.profile?.enter('inference', memory.layer.name);
    for (const product of memory.products) runProduct(machine, product, count, steps);
    runJobs(machine, mergeJobs(memory, span));
    runLayer(machine, memory, span);
    runJobs(machine, poolJobs(machine, memory, span));
    runJobs(machine, collectJobs(machine, memory, span));
  }
}

function runLayer(machine: Machine, memory: LayerMemory, span: Span): void {
  const { descriptor, products } = memory;
  const run = (steps: Span): void => runJobs(machine, [layerJob(machine, memory, descriptor, steps)]);
  const [groups, firstGroup, currents] = (['groups', 'firstGroup', 'currents'] as const).map((field) =>
    get(machine.heap, descriptor, field),
  ) as [number, number, number];
  if (products.some(({ counts }) => counts)) {
    // a product of counts is the sum of its currents in all steps: it comes with the first
    run({ ...span, end: 1 });
    put(machine.heap, descriptor, {
      groups: groups - products.length,
      firstGroup: firstGroup + products.length * descriptorBytes(GROUP_FIELDS),
    });
    if (span.end > 1) run({ ...span, first: 1 });
    put(machine.heap, descriptor, { groups, firstGroup });
  } else run(span);
  if (get(machine.heap, descriptor, 'fires') !== Mode.accumulate) return;
  // all inputs are in: now the T slots of emission
  putConstant(machine, memory, false);
  put(machine.heap, descriptor, { groups: 0, currents: 0, fires: memory.emission });
  run(span);
  put(machine.heap, descriptor, { groups, currents, fires: Mode.accumulate });
  putConstant(machine, memory, true);
}

/** Switches a layer's constant current on or off; without it potentials continue from where they are. */
export function putConstant(machine: Machine, memory: LayerMemory, on: boolean): void {
  const { base, baseImage, basePosition } = on ? memory.constant : memory.silence;
  put(machine.heap, memory.descriptor, { base, baseImage, basePosition, initial: on ? 1 : 0 });
}
