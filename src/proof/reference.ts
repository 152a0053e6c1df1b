/**
 * @file The activation that a spiking layer's rate stands for: the trained one, without the grid it may have been trained on
 * (QCFS keeps its levels: they are its definition). Where no trained network is at hand, the clip that the neuron implies.
 */
import { InputError } from '../errors.ts';
import { clipValue } from '../kernels/clip/reference.ts';
import type { Clip } from '../kernels/kernels.ts';
import { ACTIVATIONS } from '../nn/activations/index.ts';
import type { ActivationLayer, Architecture, Layer } from '../nn/architecture.ts';
import type { SpikingNetwork } from '../snn/network.ts';

export interface Reference {
  readonly clip: Clip;
  /** False: no upper end (ReLU), whatever threshold the conversion chose. */
  readonly bounded: boolean;
}

/** In units of theta. */
export function referenceValue({ clip, bounded }: Reference, z: number, theta: number): number {
  return clipValue(z, bounded ? theta : Number.POSITIVE_INFINITY, clip) / theta;
}

/**
 * One per spiking layer.
 * @throws InputError when the architecture is not the one that the network was converted from
 */
export function referencesOf(network: SpikingNetwork, architecture?: Architecture): Reference[] {
  const spiking = network.layers.slice(0, -1);
  if (!architecture) {
    const lower = network.neuron === 'unipolar' ? 0 : -1;
    return spiking.map(() => ({ clip: { lower, leak: 1, levels: 0, rounding: 'round' }, bounded: true }));
  }
  const trained = new Map(activations(architecture.layers).map((layer) => [layer.name, layer]));
  return spiking.map(({ name }) => {
    const layer = trained.get(name);
    if (!layer) {
      throw new InputError(
        `${name}: expected an activation of ${architecture.name}, found ${[...trained.keys()].join(', ')}; name the network that was converted`,
      );
    }
    const { clip, hasTheta } = ACTIVATIONS[layer.activation];
    const levels = layer.activation === 'qcfs' ? layer.levels : 0;
    return { clip: clip({ ...layer, levels }), bounded: hasTheta };
  });
}

function activations(layers: readonly Layer[]): ActivationLayer[] {
  return layers.flatMap((layer) => {
    if (layer.kind === 'activation') return [layer];
    return layer.kind === 'residual' ? activations([...layer.body, ...layer.shortcut]) : [];
  });
}
