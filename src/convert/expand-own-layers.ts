/**
 * @file Layers of the caller's own that say which convolution or fully connected layer they are become that layer, before anything is
 * folded. The others are refused by name.
 */
import { InputError } from '../errors.ts';
import { type CustomLayer, type Layer, mapSize, type TrainedNetwork } from '../nn/architecture.ts';
import { withInner } from '../nn/inner-layers.ts';
import { borderOf, pairOf } from '../nn/map-window.ts';
import { parameterSpecs } from '../nn/parameters.ts';
import { shapeAfter } from '../nn/shapes.ts';
import { readParameter } from './read-parameter.ts';

/** @throws InputError for a layer that does not say how it converts, or whose equivalent leaves another map */
export function expandOwnLayers(network: TrainedNetwork): TrainedNetwork {
  const weights = new Map(network.weights);
  const expand = (layer: Layer): Layer => {
    if (layer.kind === 'custom') return equivalent(layer, network, weights);
    return withInner(layer, (inner) => inner.map(expand));
  };
  const { architecture } = network;
  return {
    ...network,
    architecture: { ...architecture, layers: architecture.layers.map(expand) },
    weights,
  };
}

function equivalent(
  layer: CustomLayer,
  network: TrainedNetwork,
  weights: Map<string, Float32Array<ArrayBufferLike>>,
): Layer {
  const { name, own, input } = layer;
  if (!own.linear)
    throw new InputError(
      `${name}: a layer of kind ${own.name} cannot be converted: it does not say how; if it is linear, give it the function linear, otherwise use layers and activations that convert`,
    );
  const parameters = Object.fromEntries(
    parameterSpecs([layer]).map((spec) => [
      spec.name.slice(name.length + 1),
      readParameter(
        network,
        spec.name,
        spec.shape.reduce((a, b) => a * b, 1),
      ),
    ]),
  );
  const { weight, bias, ...rest } = own.linear(parameters, input);
  weights.set(`${name}.weight`, Float32Array.from(weight));
  if (bias) weights.set(`${name}.bias`, Float32Array.from(bias));
  const outputs = (own.shape?.(input) ?? input)[2];
  const known: Layer =
    rest.kind === 'linear'
      ? { kind: 'linear', name, inputs: mapSize(input), outputs, bias: bias !== undefined }
      : {
          ...rest,
          name,
          inChannels: input[2],
          outChannels: outputs,
          kernel: pairOf(rest.kernel),
          stride: pairOf(rest.stride),
          padding: borderOf(rest.padding),
          dilation: pairOf(rest.dilation ?? 1),
          groups: rest.groups ?? 1,
          bias: bias !== undefined,
        };
  const [left, found] = [layer, known].map((one) => shapeAfter(one, input, own.name).join('x'));
  if (left === found) return known;
  throw new InputError(
    `${name}: expected ${left} from the ${known.kind} that ${own.name} converts to, found ${found}; correct shape or linear`,
  );
}
