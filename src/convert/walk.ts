/**
 * @file Follows a trained network layer by layer and gathers weights, batch norms and pools into spiking layers.
 */
import { InputError } from '../errors.ts';
import {
  type ActivationLayer,
  type Conv2dLayer,
  type Layer,
  type LinearLayer,
  type MapShape,
  mapSize,
  type TrainedNetwork,
} from '../nn/architecture.ts';
import { affineOf, composeAffine, foldAhead, foldBehind } from './fold-batch-norm.ts';
import { poolCurrent, poolSpikes } from './fold-pool.ts';
import { parameter } from './parameters.ts';
import type { CurrentSignal, Part, Signal, SpikeSignal } from './signal.ts';

/** What the walk hands its finds to. */
export interface Builder {
  readonly network: TrainedNetwork;
  /** Makes a spiking layer and returns its index. */
  addLayer(layer: ActivationLayer, current: CurrentSignal): number;
  /** A layer that only training needs. */
  remove(name: string): void;
}

/** @throws InputError naming the layer, why it cannot be converted, and what to do. */
export function walk(layers: readonly Layer[], signal: Signal, builder: Builder): Signal {
  return layers.reduce((at, layer) => pass(layer, at, builder), signal);
}

function pass(layer: Layer, signal: Signal, builder: Builder): Signal {
  switch (layer.kind) {
    case 'dropout':
      builder.remove(layer.name);
      return signal;
    case 'flatten':
      return flatten(layer.name, signal);
    case 'conv2d':
    case 'linear':
      return weigh(layer, expectSpikes(layer.name, signal), builder.network);
    case 'batchNorm': {
      if (
        layer.channels !== signal.shape[2] ||
        (signal.kind === 'current' && signal.flat && mapSize(signal.shape) > layer.channels)
      ) {
        throw new InputError(
          `${layer.name}: expected ${signal.shape[2]} channels, found ${layer.channels}; correct the architecture`,
        );
      }
      const affine = affineOf(builder.network, layer);
      if (signal.kind === 'current') return foldBehind(signal, affine, layer.name);
      return { ...signal, affine: composeAffine(signal.affine, affine) };
    }
    case 'avgPool':
      if (signal.kind === 'spikes') return poolSpikes(signal, layer.size, layer.name);
      return poolCurrent(signal, layer.size, layer.name);
    case 'activation': {
      if (signal.kind === 'spikes') {
        throw new InputError(
          `${layer.name}: an activation needs weights in front of it, found none; remove it or add a weight layer`,
        );
      }
      const from = builder.addLayer(layer, signal);
      const shape: MapShape = signal.flat ? [1, 1, mapSize(signal.shape)] : signal.shape;
      return { kind: 'spikes', from, pool: 1, shape, affine: null, names: [] };
    }
    case 'residual': {
      const source = expectSpikes(layer.name, signal);
      const body = asCurrent(layer.name, walk(layer.body, source, builder));
      const shortcut = asCurrent(layer.name, walk(layer.shortcut, source, builder));
      if (body.shape.join() !== shortcut.shape.join()) {
        throw new InputError(
          `${layer.name}: expected body and shortcut of one shape, found ${body.shape.join('x')} and ${shortcut.shape.join('x')}; correct the architecture`,
        );
      }
      return {
        ...body,
        parts: [...body.parts, ...shortcut.parts],
        bias: body.bias.map((b, c) => b + shortcut.bias[c]!),
        names: [...body.names, ...shortcut.names, layer.name],
      };
    }
    default:
      return refuseUnknown(layer);
  }
}

function refuseUnknown(layer: { readonly kind: string; readonly name: string }): never {
  const remedy = /max_?pool/i.test(layer.kind)
    ? 'the maximum of rates is not the rate of a maximum: train with avgPool instead'
    : 'use conv2d, linear, batchNorm, activation, avgPool, flatten, dropout or residual';
  throw new InputError(`${layer.name}: a layer of kind ${layer.kind} cannot be converted; ${remedy}`);
}

function expectSpikes(name: string, signal: Signal): SpikeSignal {
  if (signal.kind === 'spikes') return signal;
  throw new InputError(
    `${name}: expected an activation between ${signal.names.at(-1) ?? 'the layer before'} and this layer, found none; add one or merge the two`,
  );
}

function flatten(name: string, signal: Signal): Signal {
  if (signal.kind === 'current') return { ...signal, flat: true, names: [...signal.names, name] };
  const [height, width] = signal.shape;
  const repeat = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: mapSize(signal.shape) }, (_, i) => values[i % values.length]!);
  const affine = signal.affine && {
    ...signal.affine,
    scale: repeat(signal.affine.scale),
    shift: repeat(signal.affine.shift),
  };
  const names = height * width > 1 ? [...signal.names, name] : signal.names;
  return { ...signal, shape: [1, 1, mapSize(signal.shape)], affine, names };
}

/** An identity carries spikes on without weights. */
function asCurrent(name: string, signal: Signal): CurrentSignal {
  if (signal.kind === 'current') return signal;
  if (signal.affine) {
    throw new InputError(
      `${name}: a batch norm (${signal.affine.names.join(' ')}) in front of an identity shortcut cannot be folded; put a 1x1 convolution there`,
    );
  }
  const { from, pool, shape, names } = signal;
  const part: Part = {
    kind: 'identity',
    from,
    pool,
    weight: new Float64Array(0),
    original: null,
    kernel: 1,
    stride: 1,
    padding: 0,
  };
  return { kind: 'current', parts: [part], bias: new Float64Array(shape[2]), shape, flat: false, names };
}

function weigh(
  layer: Conv2dLayer | LinearLayer,
  signal: SpikeSignal,
  network: TrainedNetwork,
): CurrentSignal {
  const conv = layer.kind === 'conv2d';
  const { kernel, stride, padding } = conv ? layer : { kernel: 1, stride: 1, padding: 0 };
  const inputs = conv ? layer.inChannels : layer.inputs;
  const outputs = conv ? layer.outChannels : layer.outputs;
  const found = conv ? signal.shape[2] : mapSize(signal.shape);
  if (found !== inputs || (!conv && signal.shape[0] * signal.shape[1] !== 1)) {
    throw new InputError(
      `${layer.name}: expected ${inputs} input${conv ? ' channels' : 's'}, found a map of ${signal.shape.join('x')}; ${conv ? 'correct the architecture' : 'put a flatten in front'}`,
    );
  }
  const out = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  const shape: MapShape = conv ? [out(signal.shape[0]), out(signal.shape[1]), outputs] : [1, 1, outputs];
  if (shape[0] < 1 || shape[1] < 1) {
    throw new InputError(
      `${layer.name}: expected a map of at least ${kernel} x ${kernel}, found ${signal.shape.join('x')}; pool less`,
    );
  }
  const original = parameter(network, `${layer.name}.weight`, kernel * kernel * inputs * outputs);
  let weight = Float64Array.from(original);
  let bias = layer.bias
    ? Float64Array.from(parameter(network, `${layer.name}.bias`, outputs))
    : new Float64Array(outputs);
  if (signal.affine) {
    if (padding > 0 && signal.affine.shift.some((shift) => shift !== 0)) {
      throw new InputError(
        `${layer.name}: a batch norm (${signal.affine.names.join(' ')}) in front of zero padding cannot be folded; put it behind the convolution`,
      );
    }
    const folded = foldAhead(weight, inputs, outputs, signal.affine);
    weight = folded.weight as Float64Array<ArrayBuffer>;
    bias = bias.map((b, c) => b + folded.bias[c]!);
  }
  const part: Part = {
    kind: layer.kind,
    from: signal.from,
    pool: signal.pool,
    weight,
    original,
    kernel,
    stride,
    padding,
  };
  const names = [...signal.names, ...(signal.affine?.names ?? []), layer.name];
  return { kind: 'current', parts: [part], bias, shape, flat: false, names };
}
