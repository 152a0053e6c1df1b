/**
 * @file The folded network: the spiking network's weights with the continuous activation that its neurons stand for
 * (activation.ts): clip(z, -theta, theta), or clip(z, 0, theta) for unipolar neurons. What remains of the ANN once T is infinite.
 * With the trained activations as references it is the ANN itself, for those that a threshold changes (ReLU, QCFS).
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { analogueCurrents, type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';
import { responseOf } from './activation.ts';
import { type Reference, referenceValue } from './reference.ts';

export interface Folded {
  /**
   * Per layer [neurons]: activations in units of theta, in [-1, 1] (burst: up to Gamma; a reference without an upper end: any);
   * empty for the readout.
   */
  readonly activations: readonly Float64Array[];
  /** Per layer [neurons]: z, before the clip. */
  readonly currents: readonly Float64Array[];
  /** [classes]. */
  readonly logits: Float64Array;
}

/**
 * @param image [height, width, channels], normalised
 * @param references per spiking layer, to have the trained activations instead of the neurons' clip
 */
export function folded(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
  wiring: readonly LayerWiring[] = wiringOf(network),
  references?: readonly Reference[],
): Folded {
  const constant = analogueCurrents(network, image);
  const activations: Float64Array[] = [];
  const response = responseOf(network.neuron);
  const currents = wiring.map((layer, l) => {
    const z = Float64Array.from(constant[l]!);
    for (const synapses of layer.spikes) propagate(synapses, activations[synapses.from]!, z);
    const reference = references?.[l];
    activations.push(
      layer.theta.map((theta, i) =>
        reference ? referenceValue(reference, z[i]!, theta) : response(z[i]! / theta),
      ),
    );
    return z;
  });
  return { activations, currents, logits: currents.at(-1)!.map((z, c) => z * wiring.at(-1)!.unit[c]!) };
}
