/**
 * @file Counts the operations of one inference, exactly: multiply-accumulates of the ANN, of the SNN's analogue first
 * layer (once per image), accumulates per spike and synapse, and apart from them bias additions and membrane updates.
 */

import { mapSize } from '../nn/architecture.ts';
import { denseOperations } from '../snn/fan-out.ts';
import { synapseGeometry } from '../snn/geometry.ts';
import type { SpikingLayer, SpikingNetwork } from '../snn/network.ts';
import type { SimulationResult } from '../snn/simulation.ts';

/** All per image (a mean where it depends on the image). */
export interface OperationCounts {
  readonly annMac: number;
  /** Synapses that read the image, computed once. */
  readonly snnMac: number;
  /** [steps]: accumulates up to and including step t = 1, 2, ... */
  readonly snnAc: readonly number[];
  /** [steps]: neurons updated up to and including step t. */
  readonly membraneUpdates: readonly number[];
  /** [steps]: additions of a constant current up to and including step t. */
  readonly constantAdds: readonly number[];
}

export function countOperations(network: SpikingNetwork, result: SimulationResult): OperationCounts {
  let annMac = 0;
  let snnMac = 0;
  for (const layer of network.layers) {
    for (const synapses of layer.inputs) {
      if (synapses.kind === 'identity') continue;
      const operations = denseOperations(synapseGeometry(network, layer, synapses));
      annMac += operations;
      if (synapses.from < 0) snnMac += operations;
    }
  }
  const spiking = network.layers.slice(0, -1).reduce((sum, layer) => sum + mapSize(layer.shape), 0);
  const constant = network.layers.reduce((sum, layer) => sum + constantInputs(layer), 0);
  let total = 0;
  const snnAc = Array.from({ length: result.steps }, (_, t) => {
    for (const layer of result.layers) total += layer.accumulates[t]! / result.images;
    return total;
  });
  const run = stepsRun(result);
  const each = (count: number): number[] => run.map((steps) => count * steps);
  return { annMac, snnMac, snnAc, membraneUpdates: each(spiking), constantAdds: each(constant) };
}

/** [steps]: steps that an image ran up to and including step t; the mean, as some may stop early. */
export function stepsRun({ steps, images, stopped }: SimulationResult): number[] {
  return Array.from({ length: steps }, (_, t) => {
    if (!stopped) return t + 1;
    return stopped.reduce((sum, ran) => sum + Math.min(ran, t + 1), 0) / images;
  });
}

/** Neurons with a constant current: all that see the image, otherwise those with a bias. */
function constantInputs(layer: SpikingLayer): number {
  if (layer.inputs.some((synapses) => synapses.from < 0)) return mapSize(layer.shape);
  return biases(layer);
}

/** Neurons with a bias. */
export function biases(layer: SpikingLayer): number {
  const biased = layer.bias.reduce((sum, b) => sum + (b === 0 ? 0 : 1), 0);
  return (biased * mapSize(layer.shape)) / layer.bias.length;
}
