/**
 * @file The quantised network for many images at once, by matrix products on the heap: what run-quantised.ts defines, a hundred
 * times faster. On a grid (snn/grid.ts) float32 rounds nothing, whatever the order of a sum, and both give the same counts;
 * elsewhere a neuron next to a tie may end up on its other side.
 */
import { Arena } from '../../memory/arena.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { Runtime } from '../../runtime.ts';
import { denseWeight, type ScaledSynapses, scaledSynapses } from '../../snn/geometry.ts';
import { onInt8Grid, toWhole } from '../../snn/grid.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { addCurrents, place } from './batch-currents.ts';
import { idealCount } from './ideal-count.ts';

/** How many images go through a layer together. */
const BATCH = 16;

/** A layer with its weights on the heap. */
interface PlacedLayer {
  readonly layer: SpikingLayer;
  readonly inputs: readonly {
    readonly synapses: ScaledSynapses;
    readonly weight: Float32Array<ArrayBufferLike>;
  }[];
}

/**
 * The quantised network's answers.
 * @param images [count, height, width, channels], normalised as in training
 * @param steps T
 * @returns logits [count, classes]
 */
export function quantisedLogits(
  runtime: Runtime,
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  steps: number,
): Float32Array<ArrayBuffer> {
  const size = mapSize(network.input);
  const count = images.length / size;
  const logits = new Float32Array(count * network.classes);
  const arena = new Arena(runtime.heap);
  try {
    const layers = placeWeights(arena, network);
    const weights = arena.mark();
    for (let start = 0; start < count; start += BATCH) {
      arena.release(weights);
      const batch = Math.min(BATCH, count - start);
      const input = images.subarray(start * size, (start + batch) * size);
      logits.set(batchLogits(runtime, arena, network, layers, input, batch, steps), start * network.classes);
    }
  } finally {
    arena.close();
  }
  return logits;
}

/** All weights, laid out before any is written: the heap may grow until then. */
function placeWeights(arena: Arena, network: SpikingNetwork): PlacedLayer[] {
  const layers = network.layers.map((layer) => ({
    layer,
    inputs: layer.inputs.map((synapses) => {
      const scaled = scaledSynapses(network, layer, synapses);
      return { synapses: scaled, weight: place(arena, scaled.weight.length * scaled.groups) };
    }),
  }));
  for (const { inputs } of layers)
    for (const { synapses, weight } of inputs) weight.set(denseWeight(synapses));
  return layers;
}

/** [batch, classes] */
function batchLogits(
  runtime: Runtime,
  arena: Arena,
  network: SpikingNetwork,
  layers: readonly PlacedLayer[],
  input: Float32Array<ArrayBufferLike>,
  batch: number,
  steps: number,
): Float32Array {
  const countOf = idealCount(network, steps);
  const counts: Float32Array[] = [];
  const totalOf = ({ layer, inputs }: PlacedLayer): Float32Array => {
    const total = new Float32Array(batch * mapSize(layer.shape));
    const add = (fromImage: boolean): void => {
      for (const { synapses, weight } of inputs.filter((one) => one.synapses.from < 0 === fromImage)) {
        const values = fromImage ? input : counts[synapses.from]!;
        addCurrents(runtime, arena, synapses, weight, values, batch, total);
      }
    };
    add(true);
    for (let i = 0; i < total.length; i++) {
      const constant = total[i]! + layer.bias[i % layer.bias.length]!;
      total[i] = steps * (onInt8Grid(network) ? toWhole(constant) : constant);
    }
    add(false);
    return total;
  };
  for (const placed of layers.slice(0, -1)) {
    const { theta } = placed.layer;
    counts.push(totalOf(placed).map((sum, i) => countOf(sum, theta[i % theta.length]!)));
  }
  const readout = layers.at(-1)!;
  const { scale } = readout.layer;
  return totalOf(readout).map((sum, i) => (sum / steps) * (scale?.[i % network.classes] ?? 1));
}
