/**
 * @file The words of `sequential`: each gives a layer once it is told the map before it, so that nobody counts channels and inputs.
 */
import { UsageError } from '../errors.ts';
import { ACTIVATIONS } from './activations/index.ts';
import type { OwnActivation } from './activations/own-activation.ts';
import { type ActivationLayer, type Layer, type MapShape, mapSize } from './architecture.ts';
import { BATCH_NORM, LEAK, QCFS_LEVELS } from './defaults.ts';
import {
  type Border,
  borderOf,
  type Frame,
  type MapWindow,
  pairOf,
  reachOf,
  type Square,
} from './map-window.ts';
import type { OwnLayer } from './own-layer.ts';
import { shapeAfterAll } from './shapes.ts';

/** Names that count up by kind: conv1, conv2, act1. */
export type Namer = (kind: string) => string;

/** A layer that still lacks its input: `input` is the map before it. */
export type LayerSpec = (input: MapShape, name: Namer) => Layer;

/** Stride, padding, dilation, groups and bias of a convolution. */
export interface Conv2dLayerOptions {
  /** Default 1. */
  readonly stride?: Square;
  /** Zeros around the map. 'same': as many on both sides as keep the size where the stride is 1. Default 0. */
  readonly padding?: Frame | 'same';
  /** Places between neighbouring taps. Default 1: none is left out. */
  readonly dilation?: Square;
  /** The channels are dealt out to so many convolutions side by side. Default 1; 'depthwise': each channel by itself. */
  readonly groups?: number | 'depthwise';
  /** Default true; false before a batch norm, which has a shift of its own. */
  readonly bias?: boolean;
}

/**
 * A convolution: [height, width, channels] -> [height', width', outChannels].
 * @param kernel rows and columns; one number: square
 * @example
 * const words = [conv2d(8, [5, 3], { stride: [2, 1], padding: [2, 2, 1, 1] }), flatten(), linear(10)];
 * sequential(...words)([28, 28, 1]).layers.at(-1).inputs; // 14 * 28 * 8
 */
export function conv2d(outChannels: number, kernel: Square, options: Conv2dLayerOptions = {}): LayerSpec {
  const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = options;
  const window = { window: pairOf(kernel), dilation: pairOf(dilation) };
  const zeros = padding === 'same' ? same(window) : borderOf(padding);
  return ([, , inChannels], name) => ({
    kind: 'conv2d',
    name: name('conv'),
    inChannels,
    outChannels,
    kernel: window.window,
    stride: pairOf(stride),
    padding: zeros,
    dilation: window.dilation,
    groups: groups === 'depthwise' ? inChannels : groups,
    bias,
  });
}

/** @throws UsageError when one side would need more zeros than the other */
function same(window: Pick<MapWindow, 'window' | 'dilation'>): Border {
  const [rows, columns] = [reachOf(window, 0) - 1, reachOf(window, 1) - 1];
  if (rows % 2 === 1 || columns % 2 === 1)
    throw new UsageError(
      `conv2d: padding 'same' needs an odd kernel, found ${[...new Set(window.window)].join('x')}; give the padding as a number`,
    );
  return [rows / 2, rows / 2, columns / 2, columns / 2];
}

/**
 * A fully connected layer over every value of the map: -> [1, 1, outputs].
 * @example
 * sequential(flatten(), linear(10, { bias: false }))([28, 28, 1]).classes; // 10
 */
export const linear =
  (outputs: number, { bias = true }: { readonly bias?: boolean } = {}): LayerSpec =>
  (input, name) => ({ kind: 'linear', name: name('linear'), inputs: mapSize(input), outputs, bias });

/**
 * Batch normalisation over each channel (Ioffe and Szegedy, 2015); `momentum` is the weight of the newest batch.
 * @example
 * const net = sequential(conv2d(8, 3), batchNorm(), strelu(), flatten(), linear(10));
 * summarise(net([28, 28, 1]))[1].parameters; // 16
 */
export const batchNorm =
  ({
    epsilon = BATCH_NORM.epsilon,
    momentum = BATCH_NORM.momentum,
  }: {
    readonly epsilon?: number;
    readonly momentum?: number;
  } = {}): LayerSpec =>
  ([, , channels], name) => ({ kind: 'batchNorm', name: name('norm'), channels, epsilon, momentum });

/** The training grid and the thresholds of an activation. */
export interface ActivationOptions {
  /** Steps of the training grid of [0, theta]; 0, the default: continuous. */
  readonly levels?: number;
  /** How the grid rounds: 'round' for the neuron half, 'truncate' for full. Default 'round'. */
  readonly rounding?: 'round' | 'truncate';
  /** One theta for the layer (default) or one for each channel. */
  readonly thetaPer?: 'layer' | 'channel';
}

function clipped(
  kind: string,
  { levels = 0, rounding = 'round', thetaPer = 'layer' }: ActivationOptions,
  leak = 1,
): (input: MapShape, name: Namer) => ActivationLayer {
  return ([, , channels], name) => ({
    kind: 'activation',
    name: name('act'),
    activation: kind,
    thetas: thetaPer === 'channel' ? channels : 1,
    leak,
    levels,
    rounding,
  });
}

/**
 * clip(x, -theta, theta), theta trained: converts to the neurons half, full, tracer and rest.
 * @example
 * sequential(conv2d(8, 3), strelu({ thetaPer: 'channel' }), flatten(), linear(10))([28, 28, 1]).layers[1].name; // 'act1'
 */
export const strelu = (options: ActivationOptions = {}): LayerSpec => clipped('strelu', options);

/**
 * clip(x, 0, theta), theta trained.
 * @example
 * sequential(conv2d(8, 3), trelu(), flatten(), linear(10))([28, 28, 1]).layers[1].activation; // 'trelu'
 */
export const trelu = (options: ActivationOptions = {}): LayerSpec => clipped('trelu', options);

/**
 * clip(x < 0 ? leak * x : x, -theta, theta), theta trained.
 * @example
 * sequential(conv2d(8, 3), tleakyRelu({ leak: 0.1 }), flatten(), linear(10))([28, 28, 1]).layers[1].leak; // 0.1
 */
export const tleakyRelu = ({
  leak = LEAK,
  ...options
}: ActivationOptions & { readonly leak?: number } = {}): LayerSpec => clipped('tleaky-relu', options, leak);

/**
 * max(x, 0): a conversion finds its thresholds in calibration images.
 * @example
 * sequential(conv2d(8, 3), relu(), flatten(), linear(10))([28, 28, 1]).layers[1].activation; // 'relu'
 */
export const relu = (): LayerSpec => clipped('relu', {});

/**
 * Quantisation clip-floor-shift (Bu et al., ICLR 2022) on a grid of `levels` steps, 4 unless said otherwise.
 * @example
 * sequential(conv2d(8, 3), qcfs({ levels: 8 }), flatten(), linear(10))([28, 28, 1]).layers[1].levels; // 8
 */
export const qcfs = ({ levels = QCFS_LEVELS, ...options }: ActivationOptions = {}): LayerSpec =>
  clipped('qcfs', { levels, ...options });

/**
 * An activation of one's own: a function of tensors, and the neuron that it converts to.
 * @throws UsageError when it has the name of one of strelu's
 * @example
 * const cube = { name: 'cube', forward: (x) => x.mul(x).mul(x) };
 * sequential(linear(8), activation(cube), linear(10))([1, 1, 4]).layers[1].activation; // 'cube'
 */
export function activation(
  own: OwnActivation,
  { thetaPer = 'layer' }: Pick<ActivationOptions, 'thetaPer'> = {},
): LayerSpec {
  if (Object.hasOwn(ACTIVATIONS, own.name))
    throw new UsageError(`activation: ${own.name} is the name of one of strelu's; give yours another`);
  const layer = clipped(own.name, { thetaPer });
  return (input, name) => ({ ...layer(input, name), own });
}

/**
 * A layer of one's own: a function of tensors with parameters, and how it converts.
 * @example
 * const half = { name: 'half', forward: (x) => x.mul(0.5) };
 * sequential(custom(half), flatten(), linear(10))([8, 8, 1]).layers[0].name; // 'half1'
 */
export const custom =
  (own: OwnLayer): LayerSpec =>
  (input, name) => ({ kind: 'custom', name: name(own.name), layer: own.name, input, own });

/** Stride and padding of a pool. */
export interface PoolLayerOptions {
  /** Default: the window, so that windows lie side by side. */
  readonly stride?: Square;
  /** Around the map: zeros for means, nothing for the largest. Default 0. */
  readonly padding?: Frame;
}

/** How a pool takes its means. */
export interface AvgPoolLayerOptions extends PoolLayerOptions {
  /** Whether the zeros of the border count in a mean. Default true. */
  readonly countPadding?: boolean;
}

/**
 * Means over windows; what fills no window below or on the right is dropped.
 * @param window rows and columns; one number: square
 * @example
 * sequential(avgPool(2), flatten(), linear(10))([28, 28, 1]).layers[1].kind; // 'flatten'
 * summarise(sequential(avgPool(2), flatten(), linear(10))([28, 28, 1]))[0].output; // [14, 14, 1]
 */
export const avgPool =
  (
    window: Square,
    { stride = window, padding = 0, countPadding = true }: AvgPoolLayerOptions = {},
  ): LayerSpec =>
  (_, name) => ({
    kind: 'avgPool',
    name: name('pool'),
    window: pairOf(window),
    stride: pairOf(stride),
    padding: borderOf(padding),
    countPadding,
  });

/**
 * The mean of every channel: [height, width, channels] -> [1, 1, channels].
 * @example
 * summarise(sequential(conv2d(8, 3), globalAvgPool(), flatten(), linear(10))([28, 28, 1]))[1].output; // [1, 1, 8]
 */
export const globalAvgPool =
  (): LayerSpec =>
  ([height, width, channels], name) =>
    avgPool([height, width])([height, width, channels], name);

/**
 * The largest value of each window; what fills no window below or on the right is dropped.
 * @param window rows and columns; one number: square
 * @example
 * summarise(sequential(maxPool(3, { stride: 2 }), flatten(), linear(10))([28, 28, 1]))[0].output; // [13, 13, 1]
 */
export const maxPool =
  (window: Square, { stride = window, padding = 0 }: PoolLayerOptions = {}): LayerSpec =>
  (_, name) => ({
    kind: 'maxPool',
    name: name('pool'),
    window: pairOf(window),
    stride: pairOf(stride),
    padding: borderOf(padding),
  });

/**
 * One value around the map: one number of places for all sides, or [top, bottom, left, right].
 * @param value default: 0
 * @example
 * summarise(sequential(pad(1), conv2d(8, 3), flatten(), linear(10))([28, 28, 1]))[0].output; // [30, 30, 1]
 */
export const pad =
  (padding: Frame, value = 0): LayerSpec =>
  (_, name) => ({ kind: 'pad', name: name('pad'), padding: borderOf(padding), value });

/**
 * [height, width, channels] -> [1, 1, height * width * channels].
 * @example
 * sequential(flatten(), linear(10))([28, 28, 1]).layers[1].inputs; // 784
 */
export const flatten = (): LayerSpec => (_, name) => ({ kind: 'flatten', name: name('flatten') });

/**
 * In training sets values to 0 with this probability.
 * @example
 * sequential(flatten(), dropout(0.5), linear(10))([28, 28, 1]).layers.length; // 3
 */
export const dropout =
  (rate: number): LayerSpec =>
  (_, name) => ({ kind: 'dropout', name: name('dropout'), rate });

/**
 * body(x) + shortcut(x); without a shortcut x itself is added.
 * @throws InputError, when the network is given its input, where the two sums differ in shape
 * @example
 * const block = residual([conv2d(8, 3, { padding: 1 }), batchNorm()]);
 * const net = sequential(conv2d(8, 3), strelu(), block, strelu(), flatten(), linear(10));
 * net([28, 28, 1]).layers[2].kind; // 'residual'
 */
export const residual =
  (body: readonly LayerSpec[], shortcut: readonly LayerSpec[] = []): LayerSpec =>
  (input, name) => ({
    kind: 'residual',
    name: name('residual'),
    body: layersFrom(body, input, name),
    shortcut: layersFrom(shortcut, input, name),
  });

/**
 * What each branch makes of the map, one after the other along the channels; an empty branch is the map itself.
 * @example
 * sequential(concat([conv2d(3, 1)], []), globalAvgPool(), flatten(), linear(2))([4, 4, 2]).layers.at(-1).inputs; // 5
 */
export const concat =
  (...branches: readonly (readonly LayerSpec[])[]): LayerSpec =>
  (input, name) => ({
    kind: 'concat',
    name: name('concat'),
    branches: branches.map((branch) => layersFrom(branch, input, name)),
  });

/** Layers one after the other, each told what the one before it leaves. */
export function layersFrom(specs: readonly LayerSpec[], input: MapShape, name: Namer): Layer[] {
  const layers: Layer[] = [];
  let shape = input;
  for (const spec of specs) {
    const layer = spec(shape, name);
    shape = shapeAfterAll([layer], shape, 'sequential');
    layers.push(layer);
  }
  return layers;
}
