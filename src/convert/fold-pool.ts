/**
 * @file Average pooling commutes with linear maps (law L18). After an activation it is handed to the synapses; between weights
 * and activation it makes one larger convolution of the two:
 *
 *     w'[j] = 1/size * sum over d, k with d * stride + k * dilation = j of w[k],   stride' = stride * pool stride
 */
import { InputError } from '../errors.ts';
import type { AvgPoolLayer, MapShape } from '../nn/architecture.ts';
import { type Border, type MapWindow, NO_BORDER, type Pair, smallestMap } from '../nn/map-window.ts';
import { windowOfLayer } from '../nn/window-of-layer.ts';
import { isTrivial, pooledMap } from '../snn/geometry.ts';
import { refuseShift } from './fold-batch-norm.ts';
import { refuseFilled } from './fold-pad.ts';
import type { Current, LayerOutput, Shares, SpikePart, Summand } from './layer-output.ts';

/** @throws InputError when the window is larger than the map, or the means cannot be folded exactly */
export function foldPool(layer: AvgPoolLayer, input: LayerOutput): LayerOutput {
  const { name } = layer;
  const window = windowOfLayer(layer);
  const shape = fittingMap(name, input.shape, window);
  const names = [...input.names, name];
  if (input.kind === 'spikes') {
    const padded = layer.padding.some((side) => side > 0);
    if (padded && layer.countPadding) refuseShift(name, input.affine);
    return { ...input, parts: input.parts.map((part) => pooledPart(layer, window, part)), shape, names };
  }
  return widenedCurrent(name, window, { ...input, shape, names });
}

/** @throws InputError when no window fits the map */
export function fittingMap(layer: string, map: MapShape, window: MapWindow): MapShape {
  const shape = pooledMap(map, window);
  if (shape[0] >= 1 && shape[1] >= 1) return shape;
  throw new InputError(
    `${layer}: expected a window that fits ${map[0]} x ${map[1]}, found ${window.window.join(' x ')}, which needs ${smallestMap(window).join(' x ')}; use a smaller one`,
  );
}

function refuse(layer: string, why: string, remedy: string): never {
  throw new InputError(`${layer}: ${why} cannot be folded; ${remedy}`);
}

function pooledPart(layer: AvgPoolLayer, window: MapWindow, part: SpikePart): SpikePart {
  const { name, countPadding } = layer;
  if (part.rows) {
    if (isTrivial(window)) return part;
    return refuse(name, 'an average pool over a vector', 'pool before the flatten');
  }
  if (part.shares) return refuse(name, 'a mean of means that leave out the border', 'count the padding');
  refuseFilled(name, part, 'mean');
  const bordered = part.border.some((side) => side > 0);
  const padded = layer.padding.some((side) => side > 0);
  if (bordered && padded && !countPadding)
    return refuse(
      name,
      'a mean that leaves out its own border and not that of a pad layer',
      'use one of the two',
    );
  const padding = layer.padding.map((side, i) => side + part.border[i]!) as readonly number[] as Border;
  const whole = { ...window, padding };
  const map = pooledMap(part.map, whole);
  const shares = padded && !countPadding ? sharesOf(part.map, map, whole) : null;
  return { ...part, pool: meanOfMeans(name, part.pool, whole), map, border: NO_BORDER, filled: 0, shares };
}

/** 1 / the share of each window that lies on the map; null where all do. */
function sharesOf(map: MapShape, pooled: MapShape, { window, stride, padding }: MapWindow): Shares | null {
  const along = (axis: 0 | 1): number[] =>
    Array.from({ length: pooled[axis] }, (_, o) => {
      const first = o * stride[axis] - padding[2 * axis]!;
      return window[axis] / (Math.min(map[axis], first + window[axis]) - Math.max(0, first));
    });
  const shares = { rows: along(0), columns: along(1) };
  return [...shares.rows, ...shares.columns].every((share) => share === 1) ? null : shares;
}

/** The windows of one mean that stand for a mean of means: where the first ones lie side by side. */
function meanOfMeans(layer: string, pool: MapWindow, second: MapWindow): MapWindow {
  if (isTrivial(pool)) return second;
  if (isTrivial(second)) return pool;
  const sideBySide = [0, 1].every((axis) => pool.window[axis] === pool.stride[axis]);
  // what the first pool dropped below and on the right must not come back as the second one's border
  const after = second.padding[1] + second.padding[3] === 0;
  if (!sideBySide || pool.padding.some((side) => side > 0) || !after)
    return refuse(
      layer,
      'a mean over means that overlap or have a border',
      'pool once, or put a weight layer and an activation between',
    );
  const times = (a: Pair, b: Pair): Pair => [a[0] * b[0], a[1] * b[1]];
  const { window, stride, padding, dilation } = second;
  return {
    window: times(window, pool.window),
    stride: times(stride, pool.stride),
    padding: [padding[0] * pool.window[0], 0, padding[2] * pool.window[1], 0],
    dilation,
  };
}

/** The mean of windows of a current, as one convolution for each of its summands. */
function widenedCurrent(name: string, window: MapWindow, current: Current): Current {
  if (isTrivial(window)) return current;
  if (current.maxPool)
    return refuse(
      name,
      `a mean of the largest currents (${current.maxPool.name})`,
      'put the activation between',
    );
  if (current.flat) return refuse(name, 'an average pool over a vector', 'pool before the flatten');
  if (window.padding.some((side) => side > 0))
    return refuse(
      name,
      'an average pool with a border before the activation',
      'put it behind the activation',
    );
  const parts = current.parts.map((part) => ({
    ...part,
    summands: part.summands.map((one) => widened(name, one, window)),
  }));
  return { ...current, parts };
}

/** The greatest common divisor: the dilation of a kernel that holds the taps of both. */
const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));

/** The mean over windows of outputs, as one convolution. */
function widened(layer: string, summand: Summand, { window, stride: step }: MapWindow): Summand {
  const { kernel, stride, dilation } = summand;
  if (summand.kind === 'identity') {
    return {
      ...summand,
      pool: meanOfMeans(layer, summand.pool, { window, stride: step, padding: NO_BORDER, dilation: [1, 1] }),
    };
  }
  const axis = (a: 0 | 1): { gap: number; length: number } => {
    const taps = common(window[a] > 1 ? stride[a] : 0, kernel[a] > 1 ? dilation[a] : 0) || 1;
    const gap = dilation[a] === 1 ? 1 : taps;
    const reach = (window[a] - 1) * stride[a] + (kernel[a] - 1) * dilation[a];
    return { gap, length: reach / gap + 1 };
  };
  const [vertical, horizontal] = [axis(0), axis(1)];
  const row = summand.weight.length / (kernel[0] * kernel[1]);
  const weight = new Float64Array(vertical.length * horizontal.length * row);
  for (let dy = 0; dy < window[0]; dy++)
    for (let dx = 0; dx < window[1]; dx++)
      for (let ky = 0; ky < kernel[0]; ky++)
        for (let kx = 0; kx < kernel[1]; kx++) {
          const y = (dy * stride[0] + ky * dilation[0]) / vertical.gap;
          const x = (dx * stride[1] + kx * dilation[1]) / horizontal.gap;
          const to = (y * horizontal.length + x) * row;
          const from = (ky * kernel[1] + kx) * row;
          for (let i = 0; i < row; i++)
            weight[to + i]! += summand.weight[from + i]! / (window[0] * window[1]);
        }
  return {
    ...summand,
    weight,
    original: null,
    kernel: [vertical.length, horizontal.length],
    stride: [stride[0] * step[0], stride[1] * step[1]],
    dilation: [vertical.gap, horizontal.gap],
  };
}
