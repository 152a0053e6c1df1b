/**
 * @file One tensor of a layer in PyTorch's layout and in strelu's: kernels out x in x height x width, matrices out x in, and what comes
 * after a flatten channel by channel.
 */
import { mapSize } from '../../nn/architecture.ts';
import {
  channelsFirst,
  fromOihw,
  fromOutputsByInputs,
  toOihw,
  toOutputsByInputs,
} from '../channels-first.ts';
import type { OwningLayer } from './owning-layers.ts';

/** What a tensor is to strelu's layer, and what PyTorch calls it. */
export interface TensorPart {
  readonly role: string;
  readonly torch: string;
  /** PyTorch's shape. */
  readonly shape: readonly number[];
  /** What stands for it where PyTorch's module has none (BatchNorm without weights, a layer without bias); null: it must be there. */
  readonly absent: number | null;
}

/** The tensors of a layer, in strelu's order. */
export function partsOf({ layer }: OwningLayer): TensorPart[] {
  const part = (
    role: string,
    torch: string,
    shape: readonly number[],
    absent: number | null = null,
  ): TensorPart => ({
    role,
    torch,
    shape,
    absent,
  });
  switch (layer.kind) {
    case 'conv2d': {
      const { outChannels, inChannels, groups, kernel, bias } = layer;
      const weight = part('weight', 'weight', [outChannels, inChannels / groups, ...kernel]);
      return bias ? [weight, part('bias', 'bias', [outChannels])] : [weight];
    }
    case 'linear': {
      const weight = part('weight', 'weight', [layer.outputs, layer.inputs]);
      return layer.bias ? [weight, part('bias', 'bias', [layer.outputs])] : [weight];
    }
    case 'batchNorm': {
      const shape = [layer.channels];
      return [
        part('gamma', 'weight', shape, 1),
        part('beta', 'bias', shape, 0),
        part('mean', 'running_mean', shape),
        part('variance', 'running_var', shape),
      ];
    }
    case 'activation':
      return [part('theta', 'theta', [layer.thetas])];
  }
}

/** Values in strelu's order, from PyTorch's. */
export function fromTorch(
  owning: OwningLayer,
  role: string,
  values: Float32Array,
): Float32Array<ArrayBuffer> {
  const { layer, flattened } = owning;
  if (role === 'weight' && layer.kind === 'conv2d') {
    const { kernel, inChannels, groups, outChannels } = layer;
    return Float32Array.from(fromOihw(values, kernel[0] * kernel[1], inChannels / groups, outChannels));
  }
  if (role === 'weight' && layer.kind === 'linear')
    return Float32Array.from(fromOutputsByInputs(values, flattened, layer.outputs));
  if (!isFlattened(owning, values)) return Float32Array.from(values);
  return Float32Array.from(channelsFirst(flattened), (place) => values[place]!);
}

/** The way back. */
export function toTorch(
  owning: OwningLayer,
  role: string,
  values: Float32Array<ArrayBufferLike>,
): Float32Array<ArrayBuffer> {
  const { layer, flattened } = owning;
  if (role === 'weight' && layer.kind === 'conv2d') {
    const { kernel, inChannels, groups, outChannels } = layer;
    return toOihw(values, kernel[0] * kernel[1], inChannels / groups, outChannels);
  }
  if (role === 'weight' && layer.kind === 'linear')
    return toOutputsByInputs(values, flattened, layer.outputs);
  const out = Float32Array.from(values);
  if (isFlattened(owning, values))
    channelsFirst(flattened).forEach((place, i) => {
      out[place] = values[i]!;
    });
  return out;
}

/** Numbers of each value of a map that has been flattened. */
function isFlattened({ layer, flattened }: OwningLayer, values: ArrayLike<number>): boolean {
  const isOfInput = layer.kind === 'batchNorm' || layer.kind === 'activation';
  return isOfInput && values.length > 1 && values.length === mapSize(flattened);
}
