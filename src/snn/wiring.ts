/**
 * @file The synapses of a network as plain linear maps in float64, for everything that reasons about a network
 * without running it: the scaled float32 weights that engines use too, but exact products and wide sums.
 */
import { type Closeable, closeable } from '../memory/closeable.ts';
import { mapSize } from '../nn/architecture.ts';
import { addPixels, biasCurrent, constantCurrent, pooledImage, toUnits } from './analogue.ts';
import { eachTap, inputRows, type ScaledSynapses, scaledSynapses } from './geometry.ts';
import type { SpikingNetwork } from './network.ts';
import type { WeightPower } from './propagation/kernel.ts';
import { layOutPropagations, type Propagation } from './propagation/lay-out.ts';
import type { SimulateOptions } from './simulation.ts';
import { pooledValues } from './windows.ts';

/** Everything that leads to one layer. */
export interface LayerWiring {
  readonly name: string;
  readonly neurons: number;
  /** [neurons]; empty for the readout. */
  readonly theta: Float64Array;
  /** Synapses from other layers; the source's theta is in the weights. */
  readonly spikes: readonly ScaledSynapses[];
  /** Synapses from the image. */
  readonly image: readonly ScaledSynapses[];
  /** `[neurons]`: the largest current that spikes can cause in one step, by the sum of abs(weights). */
  readonly reach: Float64Array;
  /** `[neurons]`: what one unit of a logit is worth (int8 networks); 1 elsewhere. */
  readonly unit: Float64Array;
  /** The largest number of additions that make up one current. */
  readonly terms: number;
}

/**
 * The wiring of all layers. Compute it once for many images.
 * @example
 * const wiring = wiringOf(snn);
 * runQuantised(snn, image, 8, wiring).logits.length; // 10
 */
export function wiringOf(network: SpikingNetwork): LayerWiring[] {
  const { highest } = network.neuron.range;
  return network.layers.map((layer) => {
    const scaled = layer.inputs.map((synapses) => scaledSynapses(network, layer, synapses));
    const count = mapSize(layer.shape);
    const { theta } = layer;
    const spikes = scaled.filter(({ from }) => from >= 0);
    const reach = new Float64Array(count);
    for (const synapses of spikes)
      propagate(synapses, new Float64Array(mapSize(synapses.source)).fill(highest), reach, 'sizes');
    return {
      name: layer.name,
      neurons: count,
      theta: Float64Array.from({ length: theta.length > 0 ? count : 0 }, (_, i) => theta[i % theta.length]!),
      spikes,
      image: scaled.filter(({ from }) => from < 0),
      reach,
      unit: Float64Array.from({ length: count }, (_, i) => (theta.length > 0 ? 1 : (layer.scale?.[i] ?? 1))),
      terms: spikes.reduce(
        (sum, { kernelHeight, kernelWidth, map, groups, poolSize }) =>
          sum + kernelHeight * kernelWidth * (map[2] / groups) * poolSize * highest,
        1,
      ),
    };
  });
}

/** The constant currents of one image, [neurons] of each layer: bias and what the image contributes, as engines compute them. */
export function analogueCurrents(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
): Float32Array<ArrayBuffer>[] {
  return network.layers.map((layer) => constantCurrent(network, layer, image));
}

/** The same of several images, each by itself. */
export function analogueCurrentsEach(
  network: SpikingNetwork,
  wiring: readonly LayerWiring[],
  images: readonly Float32Array<ArrayBufferLike>[],
): Float32Array<ArrayBuffer>[][] {
  const all = images.map((): Float32Array<ArrayBuffer>[] => []);
  network.layers.forEach((layer, l) => {
    const currents = images.map(() => biasCurrent(layer));
    for (const synapses of wiring[l]!.image) {
      const pixels = images.map((image) => pooledImage(synapses, image));
      const fast = acceleratedPixels.get(synapses);
      if (fast) fast(pixels, currents, 'pixels');
      else for (const [i, own] of currents.entries()) addPixels(synapses, pixels[i]!, own);
    }
    currents.forEach((own, i) => {
      toUnits(network, own);
      all[i]!.push(own);
    });
  });
  return all;
}

/** Synapses that lie in a heap. */
const accelerated = new WeakMap<ScaledSynapses, Propagation>();
const acceleratedPixels = new WeakMap<ScaledSynapses, Propagation<'pixels'>>();

/**
 * Until it is closed, values go through the weights of this wiring by SIMD, on the threads of a team. Every sum has the bits of the
 * plain loop, whose order it keeps.
 */
export function accelerate(
  wiring: readonly LayerWiring[],
  runtime: NonNullable<SimulateOptions['runtime']>,
): Closeable {
  const laidOut = layOutPropagations(
    wiring.flatMap(({ spikes, image }) => [...spikes, ...image]),
    runtime,
  );
  for (const [synapses, propagation] of laidOut.spikes) accelerated.set(synapses, propagation);
  for (const [synapses, propagation] of laidOut.pixels) acceleratedPixels.set(synapses, propagation);
  return closeable(() => {
    for (const synapses of laidOut.spikes.keys()) accelerated.delete(synapses);
    for (const synapses of laidOut.pixels.keys()) acceleratedPixels.delete(synapses);
    laidOut.close();
  });
}

/**
 * Adds sum_j w_ij * values_j to into[i], with the sizes or the squares of the weights if asked. Where synapses read through a max pool, values
 * are counts, rates or bounds (windows.ts), not the spikes of one step.
 * @param values [height, width, channels] of the source before pooling, in spikes (multiples of theta)
 * @param into [outHeight, outWidth, outChannels]
 */
export function propagate(
  synapses: ScaledSynapses,
  values: ArrayLike<number>,
  into: Float64Array,
  power: WeightPower = 'weights',
): void {
  propagateEach(synapses, [values], [into], power);
}

/** The same of several images, each by itself: SIMD reads the weights once for some of them. */
export function propagateEach(
  synapses: ScaledSynapses,
  values: readonly ArrayLike<number>[],
  into: readonly Float64Array[],
  power: WeightPower = 'weights',
): void {
  const pooled = values.map((own) => pooledValues(synapses, own, (length) => new Float64Array(length)));
  const fast = accelerated.get(synapses);
  if (fast) fast(pooled, into, power);
  else for (const [i, own] of into.entries()) propagatePlainly(synapses, pooled[i]!, own, power);
}

/** The definition, of values after pooling. */
function propagatePlainly(
  synapses: ScaledSynapses,
  pooled: ArrayLike<number>,
  into: Float64Array,
  power: WeightPower,
): void {
  const { map, out, weight, kind } = synapses;
  const channels = out[2];
  const rows = inputRows(synapses);
  const sized =
    power === 'weights' ? weight : weight.map(power === 'sizes' ? Math.abs : (w: number): number => w * w);
  for (let y = 0; y < out[0]; y++)
    for (let x = 0; x < out[1]; x++) {
      const to = (y * out[1] + x) * channels;
      if (kind === 'identity') {
        for (let c = 0; c < channels; c++) into[to + c]! += pooled[to + c]! * sized[c]!;
        continue;
      }
      eachTap(synapses, y, x, (position, row) => {
        for (let i = 0; i < map[2]; i++) {
          const value = pooled[position * map[2] + i]!;
          if (value === 0) continue;
          const { row: own, first, end } = rows[i]!;
          for (let c = first; c < end; c++) into[to + c]! += value * sized[row + own + c]!;
        }
      });
    }
}

/**
 * How far the current of layer l can move when sources move by at most their bounds: sum_j abs(w_ij) * e_j, [neurons].
 * @param bounds of the layers before l, in the unit of currents
 * @param inputBall largest change of a pixel
 */
export function deviation(
  wiring: readonly LayerWiring[],
  l: number,
  bounds: readonly Float64Array[],
  inputBall: number,
): Float64Array {
  return deviationEach(wiring, l, [bounds], inputBall)[0]!;
}

/**
 * The same of several images.
 * @param bounds of each image
 */
export function deviationEach(
  wiring: readonly LayerWiring[],
  l: number,
  bounds: readonly (readonly Float64Array[])[],
  inputBall: number,
): Float64Array[] {
  const layer = wiring[l]!;
  const fromImage = new Float64Array(layer.neurons);
  if (inputBall > 0) {
    for (const synapses of layer.image) {
      const { source } = synapses;
      propagate(synapses, new Float64Array(mapSize(source)).fill(inputBall), fromImage, 'sizes');
    }
  }
  const sums = bounds.map((_, i) => (i === 0 ? fromImage : fromImage.slice()));
  for (const synapses of layer.spikes) {
    // ScaledSynapses weights carry the source's theta, so its bound is counted in spikes.
    const { theta } = wiring[synapses.from]!;
    const inSpikes = bounds.map((own) => {
      const from = own[synapses.from]!;
      const values = new Float64Array(from.length);
      for (let j = 0; j < from.length; j++) values[j] = from[j]! / theta[j]!;
      return values;
    });
    propagateEach(synapses, inSpikes, sums, 'sizes');
  }
  return sums;
}
