/**
 * @file The folded network: the spiking network's weights with the continuous activation that its neurons stand for (response.ts),
 * such as clip(z, -theta, theta). It is what the spiking network tends to as T grows. With the trained activations
 * (counterparts.ts) in place of the neurons' it is the ANN itself.
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { analogueCurrents, type LayerWiring, propagateEach, wiringOf } from '../../snn/wiring.ts';
import { type Counterpart, counterpartValue } from './counterparts.ts';
import { type Response, responseOf } from './response.ts';

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
  return runFoldedEach(network, [constant], wiring, counterparts)[0]!;
}

/**
 * Runs the folded network on several images at once.
 * @param constants the constant currents of each image
 */
export function runFoldedEach(
  network: SpikingNetwork,
  constants: readonly (readonly Float32Array[])[],
  wiring: readonly LayerWiring[],
  counterparts?: readonly Counterpart[],
): FoldedRun[] {
  const response = responseOf(network.neuron);
  const runs = constants.map(() => ({ activations: [] as Float64Array[], currents: [] as Float64Array[] }));
  wiring.forEach((layer, l) => {
    const currents = constants.map((constant) => new Float64Array(constant[l]!));
    for (const synapses of layer.spikes) {
      const sent = runs.map(({ activations }) => activations[synapses.from]!);
      propagateEach(synapses, sent, currents);
    }
    const counterpart = counterparts?.[l];
    runs.forEach((run, i) => {
      const z = currents[i]!;
      run.currents.push(z);
      run.activations.push(
        counterpart ? valuesOf(counterpart, z, layer.theta) : responses(response, z, layer.theta),
      );
    });
  });
  const { unit } = wiring.at(-1)!;
  return runs.map((run) => ({ ...run, logits: run.currents.at(-1)!.map((z, c) => z * unit[c]!) }));
}

function valuesOf(counterpart: Counterpart, z: Float64Array, theta: Float64Array): Float64Array {
  const values = new Float64Array(theta.length);
  for (let i = 0; i < theta.length; i++) values[i] = counterpartValue(counterpart, z[i]!, theta[i]!);
  return values;
}

function responses(response: Response, z: Float64Array, theta: Float64Array): Float64Array {
  const values = new Float64Array(theta.length);
  for (let i = 0; i < theta.length; i++) values[i] = response(z[i]! / theta[i]!);
  return values;
}
