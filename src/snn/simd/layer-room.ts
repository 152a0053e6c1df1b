/** @file What every part of a layer's layout asks: the layer, the plan, the arena, and what follows from them. */
import type { Arena } from '../../memory/arena.ts';
import type { ScaledSynapses } from '../geometry.ts';
import type { SpikingLayer, SpikingNetwork } from '../network.ts';
import { planesOf } from '../planes.ts';
import { type Blocks, blocksOf, packChannels } from './pack.ts';
import type { Plan } from './plan.ts';
import { precisionOf } from './precision.ts';

export interface LayerRoom {
  readonly network: SpikingNetwork;
  readonly plan: Plan;
  readonly arena: Arena;
  readonly index: number;
  readonly layer: SpikingLayer;
  readonly blocks: Blocks;
  /** The values that have a word of masks of their own. */
  readonly planes: readonly number[];
  readonly positions: number;
  /** Bytes of one image's potentials. */
  readonly mapBytes: number;
  /** false: the readout. */
  readonly fires: boolean;
}

/** scaled: the layer's synapses. */
export function roomOf(
  network: SpikingNetwork,
  scaled: readonly ScaledSynapses[],
  index: number,
  plan: Plan,
  arena: Arena,
): LayerRoom {
  const layer = network.layers[index]!;
  const [height, width, channels] = layer.shape;
  const blocks = blocksOf(channels, precisionOf(network, scaled, index, plan));
  const positions = height * width;
  return {
    network,
    plan,
    arena,
    index,
    layer,
    blocks,
    planes: planesOf(network.neuron),
    positions,
    mapBytes: positions * blocks.padded * 4,
    fires: index < network.layers.length - 1,
  };
}

/** The address of `bytes` bytes, 0 if they are not wanted. */
export const allocateIf = (arena: Arena, wanted: boolean | undefined, bytes: number): number =>
  wanted ? arena.allocate(bytes) : 0;

/** The address of descriptors that lie end to end. */
export function table(arena: Arena, ...descriptors: readonly Int32Array[]): number {
  const values = descriptors.flatMap((descriptor) => [...descriptor]);
  const pointer = arena.allocate(values.length * 4);
  arena.heap.i32(pointer, values.length).set(values);
  return pointer;
}

/** The address of a number for each channel: values times scale, `padding` in the padding. */
export function perChannel(
  { arena, blocks, layer }: LayerRoom,
  values: ArrayLike<number>,
  padding: number,
  scale = 1,
): number {
  const pointer = arena.allocate(blocks.padded * 4);
  packChannels(arena.heap, pointer, blocks, { values, scale, padding, channels: layer.shape[2] });
  return pointer;
}
