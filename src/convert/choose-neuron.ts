/** @file Which neuron a network is converted to. */
import { UsageError } from '../errors.ts';
import { NEURONS, neuronNamed } from '../snn/neurons/index.ts';
import type { Neuron } from '../snn/neurons/neuron.ts';
import type { ConversionMethod } from './method.ts';

/**
 * @param asked a name, or the neuron itself; default: the method's first
 * @throws UsageError for an unknown name, or one of strelu's neurons that the method does not have
 */
export function chooseNeuron({ name, neurons }: ConversionMethod, asked?: string | Neuron): Neuron {
  if (asked === undefined) return neurons[0]!;
  const neuron = typeof asked === 'string' ? neuronNamed(asked) : asked;
  const among = (all: readonly Neuron[]): boolean => all.some((known) => known.name === neuron.name);
  if (among(neurons) || !among(NEURONS)) return neuron;
  const names = neurons.map((known) => known.name);
  throw new UsageError(`neuron: method ${name} expects ${names.join(', ')}, found ${neuron.name}`);
}
