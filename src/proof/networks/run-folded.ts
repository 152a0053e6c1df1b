/**
 * @file The folded network: the spiking network's weights with the continuous activation that its neurons stand for (response.ts),
 * such as clip(z, -theta, theta). It is what the spiking network tends to as T grows. With the trained activations
 * (counterparts.ts) in place of the neurons' it is the ANN itself.
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { analogueCurrents, type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';
import { type Counterpart, counterpartValue } from './counterparts.ts';
import { responseOf } from './response.ts';

/** What the folded network computes from one image. */
export interface FoldedRun {
  /**
   * Per layer [neurons]: activations in units of theta, between the lowest and the highest rate of the neurons (a counterpart
   * without an upper end has no highest); empty for the readout.
   */
  readonly activations: readonly Float64Array[];
  /** Per layer [neurons]: the current z before the activation. */
  readonly currents: readonly Float64Array[];
  /** [classes]. */
  readonly logits: Float64Array;
}

/**
 * Runs the folded network on one image, in float64.
 * @param image [height, width, channels], normalised as in training
 * @param wiring of this network; handing it over saves time where there are many images
 * @param counterparts per spiking layer: the trained activations instead of the neurons' own
 * @param constant the image's constant currents, where they are known
 * @example
 * runFolded(snn, image).logits.length; // 10
 */
export function runFolded(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
  wiring: readonly LayerWiring[] = wiringOf(network),
  counterparts?: readonly Counterpart[],
  constant: readonly Float32Array[] = analogueCurrents(network, image),
): FoldedRun {
  const activations: Float64Array[] = [];
  const response = responseOf(network.neuron);
  const currents = wiring.map((layer, l) => {
    const z = Float64Array.from(constant[l]!);
    for (const synapses of layer.spikes) propagate(synapses, activations[synapses.from]!, z);
    const counterpart = counterparts?.[l];
    activations.push(
      layer.theta.map((theta, i) =>
        counterpart ? counterpartValue(counterpart, z[i]!, theta) : response(z[i]! / theta),
      ),
    );
    return z;
  });
  return { activations, currents, logits: currents.at(-1)!.map((z, c) => z * wiring.at(-1)!.unit[c]!) };
}
