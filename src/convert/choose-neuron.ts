/** @file Which neuron a network is converted to. */
import { InputError, UsageError } from '../errors.ts';
import { activationLayers } from '../nn/activation-layers.ts';
import type { Architecture } from '../nn/architecture.ts';
import { NEURONS, neuronNamed } from '../snn/neurons/index.ts';
import type { Neuron } from '../snn/neurons/neuron.ts';
import type { ConversionMethod } from './conversion-method.ts';

/**
 * The neuron that was asked for, with the slope of the trained activations where it has one.
 * @param asked a name, or the neuron itself; default: the method's first
 * @throws UsageError for an unknown name, or one of strelu's neurons that the method does not have
 * @throws InputError when the neuron has a slope and the activations have none in common
 */
export function chooseNeuron(
  architecture: Architecture,
  method: ConversionMethod,
  asked?: string | Neuron,
): Neuron {
  const neuron = asked === undefined ? method.neurons[0]! : neuronOf(method, asked);
  return neuron.withSlope?.(commonSlope(architecture)) ?? neuron;
}

function neuronOf({ name, neurons }: ConversionMethod, asked: string | Neuron): Neuron {
  const neuron = typeof asked === 'string' ? neuronNamed(asked) : asked;
  const among = (all: readonly Neuron[]): boolean => all.some((known) => known.name === neuron.name);
  if (among(neurons) || !among(NEURONS)) return neuron;
  const names = neurons.map((known) => known.name);
  throw new UsageError(`neuron: method ${name} expects ${names.join(', ')}, found ${neuron.name}`);
}

/** The slope below 0 that all activations share: one number for the neurons of the whole network. */
function commonSlope({ layers, name }: Architecture): number {
  const slopes = new Set(activationLayers(layers).map((layer) => layer.leak));
  const [slope] = slopes;
  if (slopes.size === 1 && slope! > 0 && slope! <= 1) return slope!;
  throw new InputError(
    `${name}: expected one slope below 0 in (0, 1] for all activations, found ${[...slopes].join(', ') || 'none'}; train with one`,
  );
}
