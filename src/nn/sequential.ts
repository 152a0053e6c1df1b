/**
 * @file Networks written as a list of layers that find their shapes.
 */
import { InputError } from '../errors.ts';
import type { Architecture, MapShape } from './architecture.ts';
import { type LayerSpec, layersFrom, type Namer } from './layers.ts';
import { shapeAfterAll } from './shapes.ts';
import { builtFor } from './smallest-image.ts';

/** A network that still lacks its images. */
export type Network = (input: MapShape, name?: string) => Architecture;

/** Counts up by kind: conv1, conv2, act1. */
export function namer(): Namer {
  const counts = new Map<string, number>();
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${kind}${count}`;
  };
}

/**
 * A network from its layers, for images of any size that leaves something of each map. The last layer's outputs are the classes.
 * @throws InputError, when it is given its input, naming the layer that does not fit
 * @example
 * const net = sequential(conv2d(8, 3), batchNorm(), strelu(), avgPool(2), flatten(), linear(10));
 * const architecture = net([28, 28, 1]);
 * architecture.layers.at(-1).inputs; // 1352
 */
export function sequential(...specs: readonly LayerSpec[]): Network {
  return (input, name = 'sequential') => builtFor(input, name, (images) => connected(specs, images, name));
}

function connected(specs: readonly LayerSpec[], input: MapShape, name: string): Architecture {
  const layers = layersFrom(specs, input, namer());
  const [height, width, classes] = shapeAfterAll(layers, input, name);
  if (layers.length === 0 || height !== 1 || width !== 1)
    throw new InputError(
      `${name}: expected a last layer of 1x1xCLASSES, found ${[height, width, classes].join('x')}; end it with flatten() and linear(classes)`,
    );
  return { name, input, classes, layers };
}
