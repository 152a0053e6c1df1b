/**
 * @file The synapses of a layer as nodes of NIR: what spikes become on their way to the neurons. The weights are those that an engine
 * adds for a spike: the source's theta and the mean over the pool are in them, so that pooling is a sum and a spike is 1.
 */
import { InputError } from '../../errors.ts';
import { toChannelsFirst, toOihw, toOutputsByInputs } from '../../format/channels-first.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { Border } from '../../nn/map-window.ts';
import { isTrivial, type ScaledSynapses, scaledSynapses, withoutGroups } from '../../snn/geometry.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../../snn/network.ts';
import type { NirNode } from '../graph.ts';
import { evenKernel } from './even-kernel.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Where values come from: a node and the shape of what leaves it. */
export interface Source {
  readonly node: string;
  readonly shape: readonly number[];
}

/**
 * Adds the nodes of one group of synapses.
 * @param bias of the layer, [channels], for weights that are to add it; null: none
 * @returns the last of the nodes
 */
export function synapseNodes(
  graph: GraphBuilder,
  network: SpikingNetwork,
  layer: SpikingLayer,
  synapses: Synapses,
  source: Source,
  bias: Float32Array<ArrayBufferLike> | null,
  name: string,
): Source {
  const scaled = scaledSynapses(network, layer, synapses);
  const [height, width, channels] = scaled.map;
  let { node, shape } = source;
  const next = (suffix: string, added: NirNode, out: readonly number[]): void => {
    node = graph.after([node], suffix === '' ? name : `${name}_${suffix}`, added);
    shape = out;
  };
  if (scaled.maxPool)
    throw new InputError(
      `${layer.name}: reads the largest counts of windows (a max pool), and NIR has no node for them; train with avgPool`,
    );
  if (!isTrivial(scaled.pool)) {
    const { window, stride, padding } = scaled.pool;
    const zeros = evenPadding(layer, padding);
    const pool: NirNode = {
      type: 'SumPool2d',
      kernel_size: [...window],
      stride: [...stride],
      padding: zeros,
    };
    next('pool', pool, [channels, height, width]);
  }
  if (synapses.kind === 'identity') {
    const scale = { shape, data: toChannelsFirst(scaled.map, (i) => scaled.weight[i % channels]!) };
    next('', { type: 'Scale', scale }, shape);
    return { node, shape };
  }
  if (synapses.kind === 'linear' || shape.length === 1) {
    const inputs = mapSize(scaled.map);
    if (shape.length > 1)
      next('flatten', { type: 'Flatten', input_type: shape, start_dim: 0, end_dim: -1 }, [inputs]);
    next('', matrix(layer, withoutGroups(scaled), bias), [layer.shape[2]]);
    return { node, shape };
  }
  next('', convolution(layer, scaled, bias), [layer.shape[2], layer.shape[0], layer.shape[1]]);
  return { node, shape };
}

/** A matrix; a convolution of one position that gives one position is one too. */
function matrix(
  layer: SpikingLayer,
  { map, out, weight, kernelWidth, padding, dilation }: ScaledSynapses,
  bias: Float32Array<ArrayBufferLike> | null,
): NirNode {
  const [inputs, outputs] = [mapSize(map), out[2]];
  const tap = (padding[0] / dilation[0]) * kernelWidth + padding[2] / dilation[1];
  if (out[0] * out[1] !== 1 || !Number.isInteger(tap))
    throw new InputError(
      `${layer.name}: a convolution makes a map of ${out.join('x')} of a vector, and NIR has no node that does; begin with a linear layer`,
    );
  const first = weight.length === inputs * outputs ? 0 : tap * inputs * outputs;
  const used = weight.subarray(first, first + inputs * outputs);
  const numbers = { shape: [outputs, inputs], data: toOutputsByInputs(used, map, outputs) };
  return bias
    ? { type: 'Affine', weight: numbers, bias: { shape: [outputs], data: bias } }
    : { type: 'Linear', weight: numbers };
}

/** `[vertical, horizontal]`: NIR has the same zeros on both sides. */
function evenPadding({ name }: SpikingLayer, [top, bottom, left, right]: Border): number[] {
  if (top === bottom && left === right && top >= 0 && left >= 0) return [top, left];
  throw new InputError(
    `${name}: has a pool with a padding of ${[top, bottom, left, right].join(', ')} (top, bottom, left, right), and NIR has the same on both sides; train with that`,
  );
}

function convolution(
  layer: SpikingLayer,
  scaled: ScaledSynapses,
  bias: Float32Array<ArrayBufferLike> | null,
): NirNode {
  const { map, out, stride, dilation, groups } = scaled;
  const { weight, kernel, padding } = evenKernel(layer.name, scaled);
  const [inputs, outputs] = [map[2] / groups, out[2]];
  const data = toOihw(weight, kernel[0] * kernel[1], inputs, outputs);
  return {
    type: 'Conv2d',
    input_shape: [map[0], map[1]],
    weight: { shape: [outputs, inputs, ...kernel], data },
    stride: [...stride],
    padding,
    dilation: [...dilation],
    groups,
    bias: { shape: [outputs], data: bias ?? new Float32Array(outputs) },
  };
}
