/**
 * @file Lays a layer out in the heap: packed weights, thresholds, potentials, masks, spike queues, and the descriptors
 * that point the kernels to them. Everything is allocated once, before the first step.
 */
import type { Arena } from '../../memory/arena.ts';
import { fanOut } from '../fan-out.ts';
import type { ScaledSynapses } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import { planesOf } from '../planes.ts';
import { constantsOf } from './constant-memory.ts';
import { allocateIf, contextOf, type LayerContext, perChannel, table } from './layer-context.ts';
import { fieldsOf, fillingOf } from './layer-fields.ts';
import { groupsOf, type SharedMemory } from './layer-groups.ts';
import type { LayerMemory } from './layer-memory.ts';
import { stateOf } from './layer-state.ts';
import { tasksOf } from './layer-tasks.ts';
import { layOutMaxPools } from './max-pool-memory.ts';
import { emissionOf, modeOf } from './modes.ts';
import type { Plan } from './plan.ts';
import { shareProducts } from './product-memory.ts';
import { describe, LAYER_FIELDS, Mode } from './program/contract.ts';
import { layOutQueues } from './queue-memory.ts';
import { needsList, type RowMemory, shareRows } from './row-memory.ts';
import { WAVE_PAGES } from './wavefront.ts';

/** scaled: the synapses of each layer. */
export function layOutAll(
  network: SpikingNetwork,
  scaled: readonly (readonly ScaledSynapses[])[],
  arena: Arena,
  plan: Plan,
): LayerMemory[] {
  const { batch: images, window: steps, waves } = plan;
  const planes = planesOf(network.neuron);
  const byProducts = (l: number): boolean => plan.products.has(l);
  const listed = scaled.map((layer, l) => layer.filter((s) => needsList(s, byProducts(l))));
  const share = (of: readonly (readonly ScaledSynapses[])[]): RowMemory[] =>
    shareRows(of, planes, arena, { images, steps, pages: waves ? WAVE_PAGES : steps });
  const multiplied = scaled.map((layer, l) => (byProducts(l) ? layer : []));
  const framesOf = (l: number): number => images * (plan.counted.has(l) ? 1 : steps);
  const products = plan.engine === 'events' ? null : shareProducts(multiplied, arena, framesOf);
  // layers that run one after the other can share their lists
  const rows = waves ? null : share(listed);
  const layers: LayerMemory[] = [];
  for (const [index, synapses] of scaled.entries()) {
    const context = contextOf(network, synapses, index, plan, arena);
    layers.push(layOut(context, synapses, layers, { rows: rows ?? share([listed[index]!]), products }));
  }
  return layers;
}

/** Allocates and fills; `earlier` are the layers before this one. */
function layOut(
  context: LayerContext,
  scaled: readonly ScaledSynapses[],
  earlier: readonly LayerMemory[],
  shared: SharedMemory,
): LayerMemory {
  const { network, plan, arena, index, layer, blocks, planes, positions, mapBytes, fires } = context;
  const mode = modeOf(network.neuron, plan.schedule === 'settling');
  const constants = constantsOf(context, scaled);
  const groups = groupsOf(context, scaled, earlier, shared);
  const tasks = tasksOf(context);
  const state = stateOf(context, mode);
  const fields = fieldsOf(context, mode, constants, groups, tasks, state);
  const filling = fillingOf(context, fields, constants);
  const maxPools = layOutMaxPools(context, state.masks);
  const fanOuts = allocateIf(arena, fires, positions * 8);
  if (fires) arena.heap.f64(fanOuts, positions).set(fanOut(network, index));
  const sources = scaled.filter(({ from }) => from >= 0).map(({ from }) => earlier[from]!);
  return {
    layer,
    blocks,
    positions,
    rowTasks: tasks.rowTasks,
    depth: sources.reduce((most, { depth }) => Math.max(most, depth + 1), 0),
    steps: plan.window,
    merges: groups.merges,
    products: groups.products,
    pixels: constants.pixels,
    constant: constants.constant,
    ...state,
    emission: emissionOf(network.neuron),
    mapBytes,
    planes,
    overloads: tasks.overloads,
    stepsOfOverload: mode === Mode.accumulate ? plan.steps : 1,
    fanOuts,
    descriptor: table(arena, describe(LAYER_FIELDS, fields)),
    analogue: filling ? table(arena, describe(LAYER_FIELDS, filling)) : 0,
    silence: { base: perChannel(context, [0], 0), baseImage: 0, basePosition: 0 },
    totals: allocateIf(arena, fires, plan.batch * plan.window * 16),
    maxPools,
    queues: layOutQueues(context, state.masks, maxPools),
  };
}
