/**
 * @file A whole network that accumulates, then fires: the spikes of each layer, slot by slot, are the next layer's input.
 */
import { emit } from '../../src/snn/accumulate.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { analogueCurrents, propagate, wiringOf } from '../../src/snn/wiring.ts';

/** @returns the signed counts of the spiking layers */
export function emitNetwork(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
  steps: number,
): number[][] {
  const constant = analogueCurrents(network, image);
  const trains: Int8Array[][] = [];
  return wiringOf(network)
    .slice(0, -1)
    .map((layer, l) => {
      const total = Float64Array.from(constant[l]!, (current) => current * steps);
      for (let t = 0; t < steps; t++)
        for (const synapses of layer.spikes) {
          const train = trains[synapses.from]!;
          propagate(
            synapses,
            train.map((spikes) => spikes[t]!),
            total,
          );
        }
      const emissions = Array.from(total, (sum, i) => emit(network.neuron, sum, layer.theta[i]!, steps));
      trains.push(emissions.map(({ spikes }) => spikes));
      return emissions.map(({ count }) => count);
    });
}
