/** @file The descriptors of a layer, as fields by name. */
import { accumulates } from '../accumulate.ts';
import { planeFields } from '../planes.ts';
import type { Constants } from './constant-memory.ts';
import { pixelGroup } from './group-memory.ts';
import { allocateIf, type LayerContext, perChannel, table } from './layer-context.ts';
import type { LayerGroups } from './layer-groups.ts';
import type { LayerState } from './layer-state.ts';
import type { LayerTasks } from './layer-tasks.ts';
import { leastSent, ruleFields } from './modes.ts';
import { INTEGER_BLOCK_BYTES, type LayerField, Mode } from './program/contract.ts';

type Fields = Readonly<Record<LayerField, number>>;

/** The layer's descriptor. */
export function fieldsOf(
  context: LayerContext,
  mode: number,
  { constant }: Constants,
  { groups, firstGroup }: LayerGroups,
  tasks: LayerTasks,
  state: LayerState,
): Fields {
  const { network, plan, arena, layer, blocks, planes, positions, mapBytes, fires } = context;
  const { batch: images, window: steps, steps: limit, lanes } = plan;
  const [height, width] = layer.shape;
  const settling = plan.schedule === 'settling';
  return {
    width,
    positions,
    height,
    steps,
    images,
    ...tasks,
    words: blocks.words,
    weightBlocks: blocks.count,
    scratch: allocateIf(arena, blocks.precision === 'int8', lanes * INTEGER_BLOCK_BYTES),
    tailRegisters: blocks.tailRegisters,
    channelBytes: blocks.padded * 4,
    firstStep: 0,
    endStep: steps,
    initial: 1,
    limit,
    lowest: leastSent(network.neuron, settling) * limit,
    ...planeFields(planes),
    ...constant,
    ...state,
    firstGroup,
    fires: fires ? mode : Mode.store,
    groups,
    v: allocateIf(arena, fires, images * mapBytes),
    ...ruleFields(network, accumulates(network.neuron, plan.schedule), (scale, padding) =>
      fires ? perChannel(context, layer.theta, padding, scale) : 0,
    ),
  };
}

/** The descriptor with which the layer's kernel computes the constant current; null if no synapse reads the image. */
export function fillingOf(
  context: LayerContext,
  fields: Fields,
  { bias, pixels, driven }: Constants,
): Fields | null {
  const { blocks, arena } = context;
  if (!driven) return null;
  const groups = pixels
    .filter(({ synapses }) => synapses.kind === 'weights')
    .map((p) => pixelGroup(p, blocks, arena));
  return {
    ...fields,
    steps: 1,
    endStep: 1,
    fires: Mode.store,
    ...bias,
    currents: driven,
    groups: groups.length,
    firstGroup: table(arena, ...groups),
  };
}
