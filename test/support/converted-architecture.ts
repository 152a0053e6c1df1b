import { convert } from '../../src/convert/convert.ts';
import { InputError } from '../../src/errors.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';

/** The converted network, or null where the conversion refuses it by name. */
export function convertedOrRefused(network: TrainedNetwork, neuron = 'half'): SpikingNetwork | null {
  try {
    const method = ['half', 'full', 'tracer', 'rest'].includes(neuron) ? 'strelu' : 'trelu';
    return convert(network, { method, neuron }).snn;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
