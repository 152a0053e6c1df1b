/**
 * @file The layers of an architecture that own tensors, each with the map whose values its inputs, or channels, are: PyTorch flattens a
 * map channel by channel, strelu position by position.
 */
import { InputError } from '../../errors.ts';
import {
  type ActivationLayer,
  type Architecture,
  type BatchNormLayer,
  type Conv2dLayer,
  type Layer,
  type LinearLayer,
  type MapShape,
  mapSize,
} from '../../nn/architecture.ts';
import { innerLayers } from '../../nn/inner-layers.ts';
import { parameterSpecs } from '../../nn/parameters.ts';
import { shapeAfter } from '../../nn/shapes.ts';

/** A layer that owns tensors. */
export interface OwningLayer {
  readonly layer: Conv2dLayer | LinearLayer | BatchNormLayer | ActivationLayer;
  /** The map that is flattened before it; [1, 1, n] where none is. */
  readonly flattened: MapShape;
}

/** @throws InputError for layers of the caller's own, which PyTorch does not know */
export function owningLayers({ layers, input }: Architecture, source: string): OwningLayer[] {
  const found: OwningLayer[] = [];
  walk(layers, input, null, source, found);
  return found;
}

/** @param flat the map before a flatten, while nothing has mixed its values; null: none */
function walk(
  layers: readonly Layer[],
  shape: MapShape,
  flat: MapShape | null,
  source: string,
  found: OwningLayer[],
): void {
  for (const layer of layers) {
    if (layer.kind === 'custom')
      throw new InputError(
        `${source}: layer ${layer.name} is one of your own, expected layers that PyTorch has; set its weights in the network`,
      );
    if (layer.kind === 'flatten') flat ??= shape;
    for (const [, inner] of innerLayers(layer)) walk(inner, shape, flat, source, found);
    const owns = parameterSpecs([layer]).length > 0 && innerLayers(layer).length === 0;
    const before = flat ?? (layer.kind === 'linear' ? shape : ([1, 1, mapSize(shape)] as const));
    if (owns) found.push({ layer: layer as OwningLayer['layer'], flattened: before });
    if (layer.kind === 'linear') flat = null;
    shape = shapeAfter(layer, shape, source);
  }
}
