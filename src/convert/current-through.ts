/**
 * @file Spikes through a convolution or a linear layer become a current.
 */
import { InputError } from '../errors.ts';
import type { Conv2dLayer, LinearLayer, MapShape, TrainedNetwork } from '../nn/architecture.ts';
import { placesOf } from '../nn/map-window.ts';
import { type PlainConv2d, plainConv2d, windowOfLayer } from '../nn/window-of-layer.ts';
import { foldNormBefore } from './fold-batch-norm.ts';
import type { Current, Spikes } from './layer-output.ts';
import { readParameter } from './read-parameter.ts';

/** @throws InputError when the layer does not fit the map of its input, or its parameters do not fit the layer */
export function currentThrough(
  layer: Conv2dLayer | LinearLayer,
  input: Spikes,
  network: TrainedNetwork,
): Current {
  const { kind, name } = layer;
  const conv = kind === 'conv2d';
  const { kernel, stride, padding } = conv ? expectPlain(layer) : { kernel: 1, stride: 1, padding: 0 };
  const [inputs, outputs] = conv ? [layer.inChannels, layer.outChannels] : [layer.inputs, layer.outputs];
  const shape = outputShape(layer, input.shape);
  const original = readParameter(network, `${name}.weight`, kernel * kernel * inputs * outputs);
  const bias = layer.bias ? readParameter(network, `${name}.bias`, outputs) : new Float32Array(outputs);
  const trained = { weight: Float64Array.from(original), bias: Float64Array.from(bias) };
  const folded = input.affine ? foldNormBefore(layer, trained, input.affine) : trained;
  const { from, pool } = input;
  return {
    kind: 'current',
    summands: [{ kind, from, pool, weight: folded.weight, original, kernel, stride, padding }],
    bias: folded.bias,
    shape,
    flat: false,
    names: [...input.names, ...(input.affine?.names ?? []), name],
  };
}

function expectPlain(layer: Conv2dLayer): PlainConv2d {
  const plain = plainConv2d(layer);
  if (plain) return plain;
  throw new InputError(
    `${layer.name}: a convolution that is not square, with one stride, the same padding on every side, no dilation and one group, cannot be converted yet; use a plain one`,
  );
}

function outputShape(layer: Conv2dLayer | LinearLayer, input: MapShape): MapShape {
  const { name } = layer;
  if (layer.kind === 'linear') {
    if (input[2] !== layer.inputs || input[0] * input[1] !== 1) {
      throw new InputError(
        `${name}: expected ${layer.inputs} inputs, found a map of ${input.join('x')}; put a flatten before it`,
      );
    }
    return [1, 1, layer.outputs];
  }
  const { inChannels, outChannels, kernel } = layer;
  const window = windowOfLayer(layer);
  if (input[2] !== inChannels) {
    throw new InputError(
      `${name}: expected ${inChannels} input channels, found a map of ${input.join('x')}; correct the architecture`,
    );
  }
  const shape: MapShape = [placesOf(input[0], window, 0), placesOf(input[1], window, 1), outChannels];
  if (shape[0] >= 1 && shape[1] >= 1) return shape;
  throw new InputError(
    `${name}: expected a map of at least ${kernel.join(' x ')}, found ${input.join('x')}; pool less`,
  );
}
