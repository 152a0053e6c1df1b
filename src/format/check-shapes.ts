/**
 * @file Follows the shape of the map through an architecture, so that a file whose layers do not fit together is refused when it is
 * read, and not deep in a kernel.
 */
import { InputError } from '../errors.ts';
import { type Architecture, type Layer, type MapShape, mapSize } from '../nn/architecture.ts';

/**
 * Checks that each layer fits the map before it, and that the last one gives the classes.
 * @param source the file's name, for errors
 * @throws InputError naming the layer, what it expects and what it gets
 */
export function checkShapes(architecture: Architecture, source: string): void {
  const out = follow(architecture.layers, architecture.input, source);
  if (out.join() !== [1, 1, architecture.classes].join()) {
    throw new InputError(
      `${source}: the last layer gives ${out.join('x')}, expected ${architecture.classes} classes`,
    );
  }
}

function follow(layers: readonly Layer[], input: MapShape, source: string): MapShape {
  return layers.reduce((shape, layer) => after(layer, shape, source), input);
}

function after(layer: Layer, shape: MapShape, source: string): MapShape {
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
      throw new InputError(`${source}: layer ${layer.name} leaves nothing of ${shape.join('x')}`);
    return out;
  };
  switch (layer.kind) {
    case 'conv2d': {
      expect('channels', layer.inChannels, channels);
      const along = (size: number): number =>
        Math.floor((size + 2 * layer.padding - layer.kernel) / layer.stride) + 1;
      return positive([along(height), along(width), layer.outChannels]);
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
    case 'residual': {
      const body = follow(layer.body, shape, source);
      const shortcut = follow(layer.shortcut, shape, source);
      if (body.join() !== shortcut.join()) {
        throw new InputError(
          `${source}: layer ${layer.name} adds ${body.join('x')} to ${shortcut.join('x')}`,
        );
      }
      return body;
    }
  }
}
