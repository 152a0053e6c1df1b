/** @file What every part of a layer's layout needs: the layer, the plan, the arena, and what follows from them. */
import type { Arena } from '../../memory/arena.ts';
import type { ScaledSynapses } from '../geometry.ts';
import type { SpikingLayer, SpikingNetwork } from '../network.ts';
import { planesOf } from '../planes.ts';
import { type Blocks, blocksOf, packChannels } from './pack.ts';
import type { Plan } from './plan.ts';
import { precisionOf } from './precision.ts';

export interface LayerContext {
  readonly network: SpikingNetwork;
  readonly plan: Plan;
  readonly arena: Arena;
  readonly index: number;
  readonly layer: SpikingLayer;
  readonly blocks: Blocks;
  /** The spike planes, each with its words of masks. */
  readonly planes: readonly number[];
  readonly positions: number;
  /** The bytes of one image's potentials. */
  readonly mapBytes: number;
  /** False for the readout. */
  readonly fires: boolean;
}

/**
 * Gathers what the layout of a layer needs.
 * @param scaled the layer's synapses
 */
export function contextOf(
  network: SpikingNetwork,
  scaled: readonly ScaledSynapses[],
  index: number,
  plan: Plan,
  arena: Arena,
): LayerContext {
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

/** Allocates `bytes` bytes, and returns their address; 0 if they are not wanted. */
export const allocateIf = (arena: Arena, wanted: boolean | undefined, bytes: number): number =>
  wanted ? arena.allocate(bytes) : 0;

/** Stores descriptors end to end; returns their address. */
export function table(arena: Arena, ...descriptors: readonly Int32Array[]): number {
  const values = descriptors.flatMap((descriptor) => [...descriptor]);
  const pointer = arena.allocate(values.length * 4);
  arena.heap.i32(pointer, values.length).set(values);
  return pointer;
}

/** Stores a number for each channel: values times scale, and `padding` where there is no channel; returns their address. */
export function perChannel(
  { arena, blocks, layer }: LayerContext,
  values: ArrayLike<number>,
  padding: number,
  scale = 1,
): number {
  const pointer = arena.allocate(blocks.padded * 4);
  packChannels(arena.heap, pointer, blocks, { values, scale, padding, channels: layer.shape[2] });
  return pointer;
}
