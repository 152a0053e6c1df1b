/**
 * @file Max pooling (law L22): of spikes the windows hand on the increase of the largest count. Before an activation it may stand
 * as well: an activation never decreases, so that the largest activation of a window is the activation of the largest current.
 */
import { InputError } from '../errors.ts';
import type { MaxPoolLayer } from '../nn/architecture.ts';
import type { MapWindow } from '../nn/map-window.ts';
import { windowOfLayer } from '../nn/window-of-layer.ts';
import { isTrivial, pooledMap } from '../snn/geometry.ts';
import { fittingMap } from './fold-pool.ts';
import type { LayerOutput, SpikePart } from './layer-output.ts';

/** @throws InputError when the window does not fit, or what it sees has no counts to compare */
export function foldMaxPool(layer: MaxPoolLayer, input: LayerOutput): LayerOutput {
  const { name } = layer;
  const window = windowOfLayer(layer);
  const shape = fittingMap(name, input.shape, window);
  const names = [...input.names, name];
  if (isTrivial(window)) return { ...input, names };
  if (input.kind === 'current') {
    if (input.maxPool || input.flat)
      return refuse(name, 'a max pool after another max pool or a flatten', 'put the activation between');
    return { ...input, maxPool: { window, name, map: input.shape }, shape, names };
  }
  if (input.affine?.scale.some((scale) => scale < 0))
    return refuse(
      name,
      `a max pool after a batch norm (${input.affine.names.join(' ')}) that turns signs`,
      'put the batch norm behind it',
    );
  return { ...input, parts: input.parts.map((part) => pooledPart(name, window, part)), shape, names };
}

/** The part through the windows. */
export function pooledPart(layer: string, window: MapWindow, part: SpikePart): SpikePart {
  if (part.rows) return refuse(layer, 'a max pool over a vector', 'pool before the flatten');
  if (part.border.some((side) => side > 0))
    return refuse(
      layer,
      'a max pool over the border of a pad layer',
      'give the padding to the pool, or pad behind it',
    );
  if (part.shares || !isTrivial(part.pool))
    return refuse(layer, 'the largest of means', 'take the mean behind the max pool');
  const maxPool = part.maxPool ? largestOfLargest(layer, part.maxPool, window) : window;
  return { ...part, maxPool, map: pooledMap(part.map, window) };
}

/** The windows that a max pool of a max pool stands for: where the inner ones leave nothing out. */
function largestOfLargest(layer: string, first: MapWindow, second: MapWindow): MapWindow {
  const gaps = [0, 1].some((axis) => first.stride[axis]! > first.window[axis]!);
  if (gaps || second.padding.some((side) => side > 0))
    return refuse(layer, 'a max pool with a border over another max pool', 'pool once');
  const both = <T>(of: (axis: 0 | 1) => T): readonly [T, T] => [of(0), of(1)];
  return {
    window: both((axis) => first.window[axis] + (second.window[axis] - 1) * first.stride[axis]),
    stride: both((axis) => first.stride[axis] * second.stride[axis]),
    padding: first.padding,
    dilation: [1, 1],
  };
}

function refuse(layer: string, what: string, remedy: string): never {
  throw new InputError(`${layer}: ${what} cannot be converted; ${remedy}`);
}
