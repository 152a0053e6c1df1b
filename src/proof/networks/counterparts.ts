/**
 * @file The counterpart of a spiking layer: the trained activation that its rate stands for, without the grid that it may have been
 * trained on (QCFS keeps its levels: they are its definition). The folded network has the neuron's own clip instead; the two are
 * one function for stReLU, tReLU and tLeakyReLU, and differ for ReLU and QCFS.
 */
import { InputError } from '../../errors.ts';
import { clipValue } from '../../kernels/clip/reference.ts';
import type { Clip } from '../../kernels/kernels.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import { builtIn } from '../../nn/activations/index.ts';
import type { Architecture } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { ratesOf } from '../../snn/neurons/neuron.ts';

/** A trained activation, as a function of the current and the threshold. */
export interface Counterpart {
  readonly clip: Clip;
  /** False: it has no upper end (ReLU), whatever threshold the conversion chose. */
  readonly bounded: boolean;
  /** 1 for rest-coded neurons: current and activation are a theta higher than the trained ones (law L21). */
  readonly raised: 0 | 1;
}

/** The activation of a current z, in units of theta. */
export function counterpartValue({ clip, bounded, raised }: Counterpart, z: number, theta: number): number {
  return clipValue(z - raised * theta, bounded ? theta : Number.POSITIVE_INFINITY, clip) / theta + raised;
}

/**
 * The counterparts of all spiking layers.
 * @param architecture the one that the network was converted from
 * @throws InputError when it has no activation of a layer's name
 * @example
 * counterpartsOf(snn, network.architecture).length === snn.layers.length - 1; // true: the readout has none
 */
export function counterpartsOf(network: SpikingNetwork, architecture: Architecture): Counterpart[] {
  const raised = raisedBy(network);
  const trained = new Map(activationLayers(architecture.layers).map((layer) => [layer.name, layer]));
  return network.layers.slice(0, -1).map(({ name }) => {
    // of a concatenation, each part has a layer of its own: NAME/1, NAME/2
    const layer = trained.get(name) ?? trained.get(name.replace(/\/\d+$/, ''));
    if (!layer) {
      throw new InputError(
        `${name}: expected an activation of ${architecture.name}, found ${[...trained.keys()].join(', ')}; name the network that was converted`,
      );
    }
    const { clip, hasTheta } = builtIn(layer);
    const levels = layer.activation === 'qcfs' ? layer.levels : 0;
    return { clip: clip({ ...layer, levels }), bounded: hasTheta, raised };
  });
}

/** True when the counterparts are the neurons' own clip: the folded network is then the trained one. */
export function matchNeurons(network: SpikingNetwork, counterparts: readonly Counterpart[]): boolean {
  const { lowest, highest } = ratesOf(network.neuron);
  const raised = raisedBy(network);
  const { slope = 1 } = network.neuron;
  return counterparts.every(
    ({ clip, bounded }) =>
      bounded &&
      clip.lower === lowest - raised &&
      highest - raised === 1 &&
      clip.leak === slope &&
      clip.levels === 0,
  );
}

/** How many spikes more a step its neurons send than they stand for. */
const raisedBy = ({ neuron }: SpikingNetwork): 0 | 1 => (neuron.silence === -1 ? 1 : 0);
