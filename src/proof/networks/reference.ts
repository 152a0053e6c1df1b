/**
 * @file The activation that a spiking layer's rate stands for: the trained one, without the grid it may have been trained on
 * (QCFS keeps its levels: they are its definition). The folded network has the neuron's own clip instead; both are one function
 * for stReLU and tReLU, not for ReLU, QCFS and tLeakyReLU.
 */
import { InputError } from '../../errors.ts';
import { clipValue } from '../../kernels/clip/reference.ts';
import type { Clip } from '../../kernels/kernels.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import { ACTIVATIONS } from '../../nn/activations/index.ts';
import type { Architecture } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { ratesOf } from '../../snn/neurons/neuron.ts';

export interface Reference {
  readonly clip: Clip;
  /** False: no upper end (ReLU), whatever threshold the conversion chose. */
  readonly bounded: boolean;
  /** 1 for rest-coded neurons: current and activation are a theta higher than the trained ones (law L21). */
  readonly raised: 0 | 1;
}

/** In units of theta. */
export function referenceValue({ clip, bounded, raised }: Reference, z: number, theta: number): number {
  return clipValue(z - raised * theta, bounded ? theta : Number.POSITIVE_INFINITY, clip) / theta + raised;
}

/**
 * One per spiking layer.
 * @throws InputError when the architecture is not the one that the network was converted from
 */
export function referencesOf(network: SpikingNetwork, architecture: Architecture): Reference[] {
  const raised = raisedBy(network);
  const trained = new Map(activationLayers(architecture.layers).map((layer) => [layer.name, layer]));
  return network.layers.slice(0, -1).map(({ name }) => {
    const layer = trained.get(name);
    if (!layer) {
      throw new InputError(
        `${name}: expected an activation of ${architecture.name}, found ${[...trained.keys()].join(', ')}; name the network that was converted`,
      );
    }
    const { clip, hasTheta } = ACTIVATIONS[layer.activation];
    const levels = layer.activation === 'qcfs' ? layer.levels : 0;
    return { clip: clip({ ...layer, levels }), bounded: hasTheta, raised };
  });
}

/** These references are the clip of the neurons: the folded network is the trained one. */
export function isFolded(network: SpikingNetwork, references: readonly Reference[]): boolean {
  const { lowest, highest } = ratesOf(network.neuron);
  const raised = raisedBy(network);
  const { slope = 1 } = network.neuron;
  return references.every(
    ({ clip, bounded }) =>
      bounded &&
      clip.lower === lowest - raised &&
      highest - raised === 1 &&
      clip.leak === slope &&
      clip.levels === 0,
  );
}

/** How many spikes too many its neurons send, of what they stand for. */
const raisedBy = ({ neuron }: SpikingNetwork): 0 | 1 => (neuron.silence === -1 ? 1 : 0);
