/**
 * @file The shape of the map after each layer, followed through an architecture: layers that do not fit together are refused
 * before anything is computed, and not deep in a kernel.
 */
import { InputError } from '../errors.ts';
import { outLength } from '../kernels/conv2d/out-length.ts';
import { type Architecture, type Layer, type MapShape, mapSize } from './architecture.ts';

/**
 * Checks that each layer fits the map before it, and that the last one gives the classes.
 * @param source what is to blame, for errors: a file's name, 'sequential'
 * @throws InputError naming the layer, what it expects and what it gets
 */
export function checkShapes(architecture: Architecture, source: string): void {
  const out = shapeAfterAll(architecture.layers, architecture.input, source);
  if (out.join() !== [1, 1, architecture.classes].join()) {
    throw new InputError(
      `${source}: the last layer gives ${out.join('x')}, expected ${architecture.classes} classes`,
    );
  }
}

/** The map after the last of the layers. @throws InputError as checkShapes */
export function shapeAfterAll(layers: readonly Layer[], input: MapShape, source: string): MapShape {
  return layers.reduce((shape, layer) => shapeAfter(layer, shape, source), input);
}

/**
 * The map after one layer.
 * @throws InputError when the layer was made for another map, or leaves nothing of this one
 * @example
 * shapeAfter({ kind: 'avgPool', name: 'pool1', size: 2 }, [28, 28, 32], 'net'); // [14, 14, 32]
 */
export function shapeAfter(layer: Layer, shape: MapShape, source: string): MapShape {
  const [height, width, channels] = shape;
  const expect = (what: string, expected: number, found: number): void => {
    if (expected !== found) {
      throw new InputError(
        `${source}: layer ${layer.name} expects ${expected} ${what}, gets ${found} from ${shape.join('x')}`,
      );
    }
  };
  const positive = (out: MapShape): MapShape => {
    if (out[0] < 1 || out[1] < 1)
      throw new InputError(
        `${source}: layer ${layer.name} leaves nothing of ${shape.join('x')}; use larger images, or fewer pools and strides`,
      );
    return out;
  };
  switch (layer.kind) {
    case 'conv2d': {
      expect('channels', layer.inChannels, channels);
      return positive([outLength(height, layer), outLength(width, layer), layer.outChannels]);
    }
    case 'linear':
      expect('inputs', layer.inputs, mapSize(shape));
      return [1, 1, layer.outputs];
    case 'batchNorm':
      expect('channels', layer.channels, channels);
      return shape;
    case 'activation':
      if (layer.thetas !== 1) expect('thetas', layer.thetas, channels);
      return shape;
    case 'avgPool':
      return positive([Math.floor(height / layer.size), Math.floor(width / layer.size), channels]);
    case 'flatten':
      return [1, 1, mapSize(shape)];
    case 'dropout':
      return shape;
    case 'custom':
      if (layer.input.join() !== shape.join())
        throw new InputError(
          `${source}: layer ${layer.name} expects ${layer.input.join('x')}, gets ${shape.join('x')}`,
        );
      return positive(layer.own.shape?.(shape) ?? shape);
    case 'residual': {
      const body = shapeAfterAll(layer.body, shape, source);
      const shortcut = shapeAfterAll(layer.shortcut, shape, source);
      if (body.join() !== shortcut.join()) {
        throw new InputError(
          `${source}: layer ${layer.name} adds ${body.join('x')} to ${shortcut.join('x')}; give the shortcut the strides and channels of the body`,
        );
      }
      return body;
    }
  }
}
