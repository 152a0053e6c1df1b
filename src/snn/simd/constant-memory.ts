/** @file The memory of constant currents: the bias, and what the image adds to it. */
import type { ScaledSynapses } from '../geometry.ts';
import { onInt8Grid } from '../grid.ts';
import { layOutPixels, type Pixels } from './group-memory.ts';
import { allocateIf, type LayerContext } from './layer-context.ts';
import { packChannels } from './pack.ts';

/** The address of a constant current, and its strides per image and position. */
export interface Constant {
  readonly base: number;
  readonly baseImage: number;
  readonly basePosition: number;
}

export interface Constants {
  readonly bias: Constant;
  /** Synapses that read the image. */
  readonly pixels: readonly Pixels[];
  /** The address of the current of bias and image; 0 if no synapse reads the image. */
  readonly driven: number;
  /** The layer's constant current. */
  readonly constant: Constant;
}

export function constantsOf(context: LayerContext, scaled: readonly ScaledSynapses[]): Constants {
  const { arena, plan, blocks, mapBytes } = context;
  const bias = layOutBias(context);
  const pixels = scaled.filter((s) => s.from < 0).map((s) => layOutPixels(s, arena, plan.batch));
  const driven = allocateIf(arena, pixels.length > 0, plan.batch * mapBytes);
  const constant = driven ? { base: driven, baseImage: mapBytes, basePosition: blocks.padded * 4 } : bias;
  return { bias, pixels, driven, constant };
}

/** Stores the bias: [channels], or [positions, channels] where it differs from position to position. */
function layOutBias({ network, arena, layer, blocks }: LayerContext): Constant {
  const channels = layer.shape[2];
  const positions = layer.bias.length / channels;
  const positionBytes = blocks.padded * 4;
  const base = arena.allocate(positions * positionBytes);
  for (let p = 0; p < positions; p++) {
    const own = layer.bias.subarray(p * channels, (p + 1) * channels);
    // rounding to whole units, which are there already, makes 0 of -0
    const values = onInt8Grid(network) ? own.map((b) => b + 0) : own;
    packChannels(arena.heap, base + p * positionBytes, blocks, { values, scale: 1, padding: 0, channels });
  }
  return { base, baseImage: 0, basePosition: positions > 1 ? positionBytes : 0 };
}
