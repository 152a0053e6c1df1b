/** @file Layers that are made of layers: residual blocks and concatenations. */
import type { Layer } from './architecture.ts';

/** The lists of layers inside a layer, each with its name in summaries; none for most. */
export function innerLayers(layer: Layer): readonly (readonly [name: string, layers: readonly Layer[]])[] {
  if (layer.kind === 'residual')
    return [
      ['body', layer.body],
      ['shortcut', layer.shortcut],
    ];
  if (layer.kind === 'concat') return layer.branches.map((branch, i) => [`branch${i + 1}`, branch] as const);
  return [];
}

/** All layers in the order in which they compute, those inside others after the layer that holds them. */
export function allLayers(layers: readonly Layer[]): Layer[] {
  return layers.flatMap((layer) => [layer, ...innerLayers(layer).flatMap(([, inner]) => allLayers(inner))]);
}

/** A layer with each list of layers inside it replaced. */
export function withInner(layer: Layer, replace: (layers: readonly Layer[]) => Layer[]): Layer {
  if (layer.kind === 'residual')
    return { ...layer, body: replace(layer.body), shortcut: replace(layer.shortcut) };
  return layer.kind === 'concat' ? { ...layer, branches: layer.branches.map(replace) } : layer;
}
