/** @file The activation layers of an architecture, wherever they stand. */
import type { ActivationLayer, Layer } from './architecture.ts';

/**
 * All activation layers in order, those inside residual blocks included (the body's first, then the shortcut's).
 * @example
 * activationLayers(network.architecture.layers).map((layer) => layer.activation); // ['strelu', 'strelu', 'strelu', 'strelu']
 */
export function activationLayers(layers: readonly Layer[]): ActivationLayer[] {
  return layers.flatMap((layer) => {
    if (layer.kind === 'residual') return activationLayers([...layer.body, ...layer.shortcut]);
    return layer.kind === 'activation' ? [layer] : [];
  });
}
