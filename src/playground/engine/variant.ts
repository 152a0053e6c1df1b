/**
 * @file A converted network as the page's sliders ask for it: another neuron, higher thresholds, another start.
 */

import { restCoded } from '../../convert/transforms/rest-coding.ts';
import { UsageError } from '../../errors.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { neuronNamed } from '../../snn/neurons/index.ts';
import type { Neuron } from '../../snn/neurons/neuron.ts';
import type { Settings } from '../protocol.ts';

/** The slope of `leaky` in networks that were not trained with one: at 1 it would fire as `full` does. */
const SLOPE = 0.5;

/**
 * The network of these settings, its fault left out.
 * @throws UsageError for a network in rest coding, whose biases belong to its neuron
 */
export function variantOf(converted: SpikingNetwork, settings: Settings): SpikingNetwork {
  const { thetaScale, start } = settings;
  const neuron = settings.neuron === null ? converted.neuron : neuronOf(converted, settings.neuron);
  const coded = converted.neuron.silence === -1;
  if (coded && (neuron !== converted.neuron || thetaScale !== 1))
    throw new UsageError(
      `${converted.name}: its biases are coded for the neuron rest and these thresholds; open the network that it was converted from`,
    );
  const scaled = withThresholds(converted, (theta) => theta.map((height) => height * thetaScale));
  const other = neuron !== converted.neuron;
  const before = other ? { ...scaled, neuron, initialPotential: neuron.start } : scaled;
  const whole =
    other && neuron.silence === -1 ? restCoded({ ...before, initialPotential: 0 }, neuron) : before;
  return start === null ? whole : { ...whole, initialPotential: start };
}

/** The neuron of that name, with the network's own slope where it has one. */
function neuronOf({ neuron }: SpikingNetwork, name: string): Neuron {
  if (name === neuron.name) return neuron;
  const found = neuronNamed(name);
  return found.withSlope?.(neuron.slope ?? SLOPE) ?? found;
}

/** The network with other thresholds in the layers that `only` names; all where it is left out. */
export function withThresholds(
  network: SpikingNetwork,
  change: (theta: Float32Array<ArrayBufferLike>) => Float32Array<ArrayBufferLike>,
  only?: number,
): SpikingNetwork {
  const layers = network.layers.map((layer, l) =>
    only === undefined || l === only ? { ...layer, theta: change(layer.theta) } : layer,
  );
  return { ...network, layers };
}
