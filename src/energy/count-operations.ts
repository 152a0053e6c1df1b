/**
 * @file Counts the operations of one inference, exactly: a neuron at the border of a map has fewer synapses, and is counted with
 * those it has. Additions that no spike causes, to a membrane or of a bias, are counted separately. Of a max pool (law L22) the
 * accumulates that its windows' spikes cause are counted, and neither in the ANN nor in the SNN the comparisons.
 */
import { mapSize } from '../nn/architecture.ts';
import { denseOperations } from '../snn/fan-out.ts';
import { synapseGeometry } from '../snn/geometry.ts';
import type { SpikingLayer, SpikingNetwork } from '../snn/network.ts';
import type { SimulationResult } from '../snn/simulation.ts';

/** Operations per image: a mean over the images of a run where they depend on the image. */
export interface OperationCounts {
  /** Multiply-accumulates of the ANN: one for each synapse. */
  readonly annMac: number;
  /** Multiply-accumulates of the SNN: its synapses that read the image, whose constant current is computed once. */
  readonly snnMac: number;
  /** `[steps]`: accumulates up to and including step t = 1, 2, ...: one for each spike and each synapse that it passes. */
  readonly snnAc: readonly number[];
  /** `[steps]`: neurons updated up to and including step t; their potentials are added to once each. */
  readonly membraneUpdates: readonly number[];
  /** `[steps]`: additions of a constant current up to and including step t. */
  readonly constantAdds: readonly number[];
}

/** What of a network decides its operations, whatever the images. */
export interface OperationCosts {
  readonly annMac: number;
  readonly snnMac: number;
  /** Neurons that spike: updated once in each step. */
  readonly spiking: number;
  /** Neurons with a constant current. */
  readonly constant: number;
}

/** What a run did, as far as operations and traffic go; its images may have been run in parts. */
export type RunActivity = Pick<SimulationResult, 'steps' | 'images' | 'stopped' | 'layers'>;

/**
 * Counts what a run of the network did, and what its ANN would have done.
 * @param result of this network
 * @returns operations of one image: means over the run where they depend on the image
 * @example
 * const counts = countOperations(snn, result);
 * counts.snnAc.length; // 8: one number for each step
 * counts.snnMac < counts.annMac; // true: only the first layer reads the image
 */
export function countOperations(network: SpikingNetwork, result: SimulationResult): OperationCounts {
  return operationsOf(operationCosts(network), result);
}

export function operationCosts(network: SpikingNetwork): OperationCosts {
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
  return { annMac, snnMac, spiking, constant };
}

/** @param result of the network of these costs */
export function operationsOf(
  { annMac, snnMac, spiking, constant }: OperationCosts,
  result: RunActivity,
): OperationCounts {
  let total = 0;
  const snnAc = Array.from({ length: result.steps }, (_, t) => {
    for (const layer of result.layers) total += layer.accumulates[t]! / result.images;
    return total;
  });
  const run = stepsRun(result);
  const each = (count: number): number[] => run.map((steps) => count * steps);
  return { annMac, snnMac, snnAc, membraneUpdates: each(spiking), constantAdds: each(constant) };
}

/** `[steps]`: how many steps an image had run after step t; a mean over the images, as some may stop early. */
export function stepsRun({ steps, images, stopped }: RunActivity): number[] {
  return Array.from({ length: steps }, (_, t) => {
    if (!stopped) return t + 1;
    return stopped.reduce((sum, ran) => sum + Math.min(ran, t + 1), 0) / images;
  });
}

/** How many neurons of a layer have a constant current: all where it reads the image, otherwise those with a bias. */
function constantInputs(layer: SpikingLayer): number {
  if (layer.inputs.some((synapses) => synapses.from < 0)) return mapSize(layer.shape);
  return biases(layer);
}

/** How many neurons of a layer have a bias. */
export function biases(layer: SpikingLayer): number {
  const biased = layer.bias.reduce((sum, b) => sum + (b === 0 ? 0 : 1), 0);
  return (biased * mapSize(layer.shape)) / layer.bias.length;
}
