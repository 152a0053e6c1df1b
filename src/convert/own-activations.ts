/**
 * @file How networks with activations of the caller's own are converted when no method is asked for: to the neuron that the activations
 * name, with the trained thresholds. That the neuron's response is the activation is taken at their word.
 */
import { InputError } from '../errors.ts';
import { activationLayers } from '../nn/activation-layers.ts';
import type { Architecture } from '../nn/architecture.ts';
import { NEURONS, neuronNamed } from '../snn/neurons/index.ts';
import type { Neuron } from '../snn/neurons/neuron.ts';
import type { ConversionMethod } from './conversion-method.ts';
import { CONVERSION_METHODS } from './methods/index.ts';
import { trainedThresholds } from './methods/trained-thresholds.ts';

/**
 * The method for such a network, null where all activations are strelu's. Those may stand beside them, if they convert to the same neuron.
 * @param asked the neuron that was asked for: it takes the place of those that the activations name
 * @throws InputError when an activation names no neuron, or two of them name two
 */
export function ownMethod(architecture: Architecture, asked?: string | Neuron): ConversionMethod | null {
  const own = activationLayers(architecture.layers).filter((layer) => layer.own);
  if (own.length === 0) return null;
  const wanted = asked ?? namedNeuron(architecture);
  const neuron = typeof wanted === 'string' ? neuronNamed(wanted) : wanted;
  const known = NEURONS.some(({ name }) => name === neuron.name);
  const beside = CONVERSION_METHODS.filter(
    ({ needsCalibration, neurons }) =>
      !needsCalibration && (!known || neurons.some(({ name }) => name === neuron.name)),
  );
  return {
    name: 'own',
    source: 'activations of one’s own, with their trained thresholds',
    activations: [
      ...new Set([...own.map((layer) => layer.activation), ...beside.flatMap((m) => m.activations)]),
    ],
    neurons: [neuron],
    needsCalibration: false,
    initialPotential: ({ start }) => start,
    thresholds: trainedThresholds,
  };
}

/** The neuron that all activations of the caller's own name. */
function namedNeuron({ name, layers }: Architecture): string {
  const neurons = new Set<string>();
  for (const layer of activationLayers(layers)) {
    if (!layer.own) continue;
    const { neuron } = layer.own;
    if (neuron === undefined)
      throw new InputError(
        `${layer.name}: activation ${layer.activation} does not say how it converts; give it a neuron (one of ${NEURONS.map((known) => known.name).join(', ')}), or hand a neuron or a method of your own to convert`,
        { code: 'method-unfit' },
      );
    neurons.add(neuron);
  }
  const [only] = neurons;
  if (neurons.size === 1) return only!;
  throw new InputError(
    `${name}: expected one neuron for the whole network, found ${[...neurons].join(', ')}; hand one to convert`,
    { code: 'method-unfit' },
  );
}
