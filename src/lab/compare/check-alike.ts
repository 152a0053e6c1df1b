/** @file Networks that are compared are of one architecture: they differ in their activations, and in nothing else. */
import { InputError } from '../../errors.ts';
import type { Architecture } from '../../nn/architecture.ts';
import { NO_BORDER, sumOf } from '../../nn/map-window.ts';
import type { NetworkFile } from '../training/network-file.ts';

/** @throws InputError when the networks are not of one architecture */
export function checkAlike(networks: Iterable<NetworkFile>): void {
  let first: { readonly path: string; readonly layers: string } | null = null;
  for (const { path, network } of networks) {
    const layers = JSON.stringify(withoutActivations(network.architecture));
    if (first && first.layers !== layers)
      throw new InputError(
        `${path}: expected the layers of ${first.path} with another activation, found another architecture; compare networks of one architecture`,
      );
    first ??= { path, layers };
  }
}

/**
 * What an activation says of a layer is left out: its kind and height, and what stands around the map of the convolution behind it,
 * which is what its neurons send at rest (THEORY.md, L20).
 */
function withoutActivations({ layers }: Architecture): unknown[] {
  const found: unknown[] = [];
  let border = NO_BORDER;
  for (const layer of layers)
    if (layer.kind === 'pad') border = sumOf(border, layer.padding);
    else {
      found.push(
        layer.kind === 'conv2d'
          ? { ...layer, padding: sumOf(border, layer.padding) }
          : [border, layer.kind === 'activation' ? layer.kind : layer],
      );
      border = NO_BORDER;
    }
  return [...found, border];
}
