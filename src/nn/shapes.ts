/**
 * @file The shape of the map after each layer, followed through an architecture: layers that do not fit together are refused
 * before anything is computed, and not deep in a kernel.
 */
import { InputError } from '../errors.ts';
import {
  type Architecture,
  type AvgPoolLayer,
  type ConcatLayer,
  type Conv2dLayer,
  type Layer,
  type MapShape,
  type MaxPoolLayer,
  mapSize,
} from './architecture.ts';
import { padded, placesOf, smallestMap } from './map-window.ts';
import { windowOfLayer } from './window-of-layer.ts';

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
 * shapeAfter({ kind: 'pad', name: 'pad1', padding: [1, 1, 2, 2], value: 0 }, [28, 28, 32], 'net'); // [30, 32, 32]
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
        { code: 'map-too-small' },
      );
    return out;
  };
  const windowed = (moving: Conv2dLayer | AvgPoolLayer | MaxPoolLayer): readonly [number, number] => {
    const window = windowOfLayer(moving);
    for (const field of ['window', 'stride', 'dilation'] as const)
      checkWhole(source, moving.name, field, window[field], 1);
    checkWhole(source, moving.name, 'padding', window.padding, 0);
    const places = [placesOf(height, window, 0), placesOf(width, window, 1)] as const;
    if (places[0] >= 1 && places[1] >= 1) return places;
    throw new InputError(
      `${source}: layer ${moving.name} leaves nothing of ${shape.join('x')}, it needs at least ${smallestMap(window).join('x')}; use larger images, or fewer pools and strides`,
      { code: 'map-too-small' },
    );
  };
  switch (layer.kind) {
    case 'conv2d': {
      expect('channels', layer.inChannels, channels);
      checkGroups(layer, source);
      return [...windowed(layer), layer.outChannels];
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
    case 'maxPool':
      if (layer.kind === 'maxPool' || !layer.countPadding) checkPoolBorder(layer, source);
      return [...windowed(layer), channels];
    case 'pad':
      checkWhole(source, layer.name, 'padding', layer.padding, 0);
      return padded(shape, layer.padding);
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
    case 'concat':
      return concatenated(
        layer,
        layer.branches.map((branch) => shapeAfterAll(branch, shape, source)),
        source,
      );
  }
}

function concatenated({ name }: ConcatLayer, shapes: readonly MapShape[], source: string): MapShape {
  const [first] = shapes;
  if (!first) throw new InputError(`${source}: layer ${name} has no branches; give it at least one`);
  const odd = shapes.find(([height, width]) => height !== first[0] || width !== first[1]);
  if (!odd) return [first[0], first[1], shapes.reduce((sum, [, , channels]) => sum + channels, 0)];
  throw new InputError(
    `${source}: layer ${name} puts ${odd.join('x')} beside ${first.join('x')}; give all branches the same strides and padding`,
  );
}

function checkGroups({ name, inChannels, outChannels, groups }: Conv2dLayer, source: string): void {
  checkWhole(source, name, 'groups', [groups], 1);
  if (inChannels % groups === 0 && outChannels % groups === 0) return;
  throw new InputError(
    `${source}: layer ${name} expects groups that divide its channels, found ${groups} groups of ${inChannels} channels to ${outChannels}; use a common divisor`,
  );
}

/** A window that lies in the border alone has no largest value, and no mean of what lies on the map. */
function checkPoolBorder({ name, window, padding }: AvgPoolLayer | MaxPoolLayer, source: string): void {
  if (padding.every((side, i) => side < window[i < 2 ? 0 : 1])) return;
  throw new InputError(
    `${source}: layer ${name} expects less padding than its window of ${window.join('x')}, found ${padding.join(', ')}; use a larger window`,
  );
}

function checkWhole(
  source: string,
  layer: string,
  what: string,
  values: readonly number[],
  least: number,
): void {
  if (values.every((value) => Number.isInteger(value) && value >= least && value < 2 ** 31)) return;
  throw new InputError(
    `${source}: layer ${layer} expects ${what} in whole numbers from ${least} on, found ${values.join(', ')}; correct it`,
  );
}
