/**
 * @file The current that does not change: bias, and the image through the weights that read it. Computed once per image,
 * in float32 and in a fixed order: bias, then taps by row, column, channel.
 */
import { mapSize } from '../nn/architecture.ts';
import { eachTap, type Geometry, inputRows, type ScaledSynapses, scaledSynapses } from './geometry.ts';
import { onInt8Grid, toWhole } from './grid.ts';
import type { SpikingLayer, SpikingNetwork } from './network.ts';
import { pooledValues } from './windows.ts';

/**
 * The constant current of one layer for one image.
 * @param image [height, width, channels]
 * @returns [outHeight, outWidth, outChannels]
 */
export function constantCurrent(
  network: SpikingNetwork,
  layer: SpikingLayer,
  image: Float32Array<ArrayBufferLike>,
): Float32Array<ArrayBuffer> {
  const base = biasCurrent(layer);
  for (const synapses of layer.inputs) {
    if (synapses.from >= 0) continue;
    const scaled = scaledSynapses(network, layer, synapses);
    addPixels(scaled, pooledImage(scaled, image), base);
  }
  toUnits(network, base);
  return base;
}

/** The bias of every neuron, [outHeight, outWidth, outChannels]. */
export function biasCurrent({ shape, bias }: SpikingLayer): Float32Array<ArrayBuffer> {
  const base = new Float32Array(mapSize(shape));
  for (let at = 0; at < base.length; at += bias.length) base.set(bias, at);
  return base;
}

/** On an int8 grid what the image causes is rounded to whole units, once all of it is there. */
export function toUnits(network: SpikingNetwork, base: Float32Array): void {
  if (onInt8Grid(network)) for (let i = 0; i < base.length; i++) base[i] = toWhole(base[i]!);
}

/**
 * Adds what the image causes: the definition, in plain loops.
 * @param pixels as the synapses see them
 */
export function addPixels(synapses: ScaledSynapses, pixels: ArrayLike<number>, base: Float32Array): void {
  const { map, out, weight } = synapses;
  const rows = inputRows(synapses);
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      const to = (y * out[1] + x) * out[2];
      if (synapses.kind === 'identity') {
        for (let c = 0; c < out[2]; c++) base[to + c]! += Math.fround(pixels[to + c]! * weight[c]!);
        continue;
      }
      eachTap(synapses, y, x, (position, row) => {
        for (let i = 0; i < map[2]; i++) {
          const pixel = pixels[position * map[2] + i]!;
          const { row: own, first, end } = rows[i]!;
          for (let c = first; c < end; c++) base[to + c]! += Math.fround(pixel * weight[row + own + c]!);
        }
      });
    }
}

/** What the synapses see of the image, in float32: the largest values or sums of windows; the image itself where nothing is pooled. */
export function pooledImage(synapses: Geometry, image: Float32Array<ArrayBufferLike>): ArrayLike<number> {
  return pooledValues(synapses, image, (length) => new Float32Array(length));
}
