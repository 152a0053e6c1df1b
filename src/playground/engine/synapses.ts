/** @file How many synapses a network has: one for each multiply-accumulate of its ANN. */
import { denseOperations } from '../../snn/fan-out.ts';
import { synapseGeometry } from '../../snn/geometry.ts';
import type { SpikingNetwork } from '../../snn/network.ts';

export function synapsesOf(network: SpikingNetwork): number {
  let sum = 0;
  for (const layer of network.layers)
    for (const synapses of layer.inputs)
      if (synapses.kind !== 'identity') sum += denseOperations(synapseGeometry(network, layer, synapses));
  return sum;
}
