/** @file The activation layers of an architecture, wherever they stand. */
import type { ActivationLayer, Layer } from './architecture.ts';
import { innerLayers } from './inner-layers.ts';

/**
 * All activation layers in order, those inside other layers included (of a residual block the body's first, then the shortcut's).
 * @example
 * activationLayers(network.architecture.layers).map((layer) => layer.activation); // ['strelu', 'strelu', 'strelu', 'strelu']
 */
export function activationLayers(layers: readonly Layer[]): ActivationLayer[] {
  return layers.flatMap((layer) => {
    if (layer.kind === 'activation') return [layer];
    return innerLayers(layer).flatMap(([, inner]) => activationLayers(inner));
  });
}
