/**
 * @file What becomes of a signal in a node that has no state. What strelu's synapses cannot do is refused: they are one pool, then one
 * matrix or convolution, between neurons and neurons.
 */
import { InputError } from '../../errors.ts';
import { fromOihw, fromOutputsByInputs } from '../../format/channels-first.ts';
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import { type Border, NO_BORDER, type Pair } from '../../nn/map-window.ts';
import { inputOf, pooledMap } from '../../snn/geometry.ts';
import type { NirArray, NirConv2d, NirFlatten, NirPool2d, NirScale, NirThreshold } from '../graph.ts';
import { sizeOf } from '../graph.ts';
import type { FlatNode } from './flat-graph.ts';
import { perChannel, spread } from './per-channel.ts';
import {
  type ConvolutionMoves,
  type PartsOf,
  type PoolPairs,
  type Signal,
  type Spikes,
  type Summand,
  wholeSpikes,
} from './signals.ts';

/**
 * @param place the node, for errors
 * @throws InputError for a node that cannot stand there, or whose shapes do not fit
 */
export function throughNode(node: FlatNode, signal: Signal, place: string, partsOf: PartsOf): Signal {
  switch (node.type) {
    case 'Pass':
      return signal;
    case 'Output':
      expectShape(place, node.shape, signal);
      return signal;
    case 'Scale':
      return throughScale(node, signal, place);
    case 'Flatten':
      return throughFlatten(node, signal, place);
    case 'SumPool2d':
    case 'AvgPool2d':
      return throughPool(node, expectSpikes(signal, place), place);
    case 'Linear':
      return throughMatrix(node.weight, null, expectSpikes(signal, place), place, partsOf);
    case 'Affine':
      return throughMatrix(node.weight, node.bias, expectSpikes(signal, place), place, partsOf);
    case 'Conv2d':
      return throughConvolution(node, expectSpikes(signal, place), place, partsOf);
    case 'Threshold':
      return throughThreshold(node, signal, place);
    default:
      throw new Error(`${place}: ${node.type} has a state`);
  }
}

function expectSpikes(signal: Signal, place: string): Spikes {
  if (signal.kind === 'spikes') return signal;
  const found = signal.kind === 'current' ? 'the output of other weights' : 'a constant';
  throw new InputError(
    `${place}: expected spikes or the image before weights and pools, found ${found}; put neurons between the two, or make one node of them`,
  );
}

function expectShape(place: string, expected: readonly number[], { shape }: Pick<Signal, 'shape'>): void {
  if (expected.join() === shape.join()) return;
  throw new InputError(
    `${place}: expected values of shape ${expected.join('x')}, found ${shape.join('x')}; correct the graph`,
  );
}

function throughScale({ scale }: NirScale, signal: Signal, place: string): Signal {
  const { map } = signal;
  const numbers = spread(scale, signal, place);
  if (numbers.every((number) => number === 0))
    return { kind: 'constant', shape: signal.shape, map, values: new Float64Array(mapSize(map)) };
  if (signal.kind === 'constant')
    return { ...signal, values: signal.values.map((value, i) => value * numbers[i]!) };
  const factors = perChannel(numbers, map, `${place}: scale`);
  if (signal.kind === 'spikes') {
    const terms = signal.terms.map((one) => ({ ...one, factor: one.factor.map((f, c) => f * factors[c]!) }));
    return { ...signal, terms };
  }
  const summands = signal.summands.map((one) => ({
    ...one,
    weight: one.weight.map((w, i) => w * factors[i % factors.length]!),
  }));
  return { ...signal, summands, bias: signal.bias.map((b, i) => b * factors[i % factors.length]!) };
}

function throughFlatten(
  { input_type, start_dim, end_dim }: NirFlatten,
  signal: Signal,
  place: string,
): Signal {
  const { shape } = signal;
  if (input_type) expectShape(place, input_type, signal);
  const [first, last] = [start_dim, end_dim].map((dim) => (dim < 0 ? dim + shape.length : dim)) as [
    number,
    number,
  ];
  if (!(first >= 0 && last >= first && last < shape.length))
    throw new InputError(
      `${place}: expected dimensions within ${shape.join('x')}, found ${start_dim} to ${end_dim}; correct start_dim and end_dim`,
    );
  const flat = [...shape.slice(0, first), sizeOf(shape.slice(first, last + 1)), ...shape.slice(last + 1)];
  return { ...signal, shape: flat };
}

function throughPool(
  { type, kernel_size, stride, padding }: NirPool2d,
  signal: Spikes,
  place: string,
): Signal {
  const map = expectMap(signal, place);
  const pool: PoolPairs = {
    window: kernel_size as unknown as Pair,
    stride: stride as unknown as Pair,
    padding: bothSides(padding),
  };
  const [vertical, horizontal] = pool.window;
  const out = pooledMap(map, { ...pool, dilation: [1, 1] });
  if (![...kernel_size, ...stride].every((n) => n >= 1) || out[0] < 1 || out[1] < 1)
    throw new InputError(
      `${place}: expected windows that fit ${map[0]} x ${map[1]} and move, found ${kernel_size.join('x')} with stride ${stride.join('x')}; use smaller ones`,
    );
  const share = type === 'AvgPool2d' ? vertical * horizontal : 1;
  const terms = signal.terms.map((one) => ({
    ...one,
    pool: poolBehind(one.pool, pool, place),
    factor: one.factor.map((f) => f / share),
  }));
  return { kind: 'spikes', shape: [out[2], out[0], out[1]], map: out, terms };
}

/** Two pools in a row are one where the windows of both lie side by side. */
function poolBehind(first: PoolPairs | null, second: PoolPairs, place: string): PoolPairs {
  if (!first) return second;
  const sideBySide = [first, second].every(
    ({ window, stride, padding }) => window.join() === stride.join() && padding.every((zeros) => zeros === 0),
  );
  if (!sideBySide)
    throw new InputError(
      `${place}: expected one pool between neurons and weights, found two whose windows overlap; make one of them`,
    );
  const window: Pair = [first.window[0] * second.window[0], first.window[1] * second.window[1]];
  return { window, stride: window, padding: NO_BORDER };
}

const bothSides = (padding: readonly number[]): Border => [
  padding[0]!,
  padding[0]!,
  padding[1]!,
  padding[1]!,
];

function throughMatrix(
  weight: NirArray,
  bias: NirArray | null,
  signal: Spikes,
  place: string,
  partsOf: PartsOf,
): Signal {
  const [outputs = 0, inputs = 0] = weight.shape;
  if (weight.shape.length !== 2)
    throw new InputError(
      `${place}: expected a weight of outputs x inputs, found ${weight.shape.join('x')}; use one matrix for one vector`,
    );
  expectShape(place, [inputs], signal);
  if (bias) expectLength(`${place}: bias`, outputs, bias);
  const numbers = fromOutputsByInputs(weight.data, signal.map, outputs);
  const summands = wholeSpikes(signal.terms, place, partsOf).map(
    ({ from, pool, factor }): Summand => ({
      kind: 'linear',
      from,
      pool,
      weight: numbers.map((w, i) => w * factor[Math.floor(i / outputs) % factor.length]!),
    }),
  );
  return {
    kind: 'current',
    shape: [outputs],
    map: [1, 1, outputs],
    summands,
    bias: bias ? Float64Array.from(bias.data) : new Float64Array(outputs),
  };
}

function throughConvolution(node: NirConv2d, signal: Spikes, place: string, partsOf: PartsOf): Signal {
  const source = expectMap(signal, place);
  const [height, width, channels] = source;
  const moves = movesOf(node, place);
  const { weight, bias } = node;
  const [outputs, inputs] = weight.shape as [number, number];
  const { groups } = moves;
  if (inputs * groups !== channels || outputs % groups !== 0)
    throw new InputError(
      `${place}: expected ${inputs * groups} channels, found ${channels}${groups > 1 ? `, for ${groups} groups and ${outputs} outputs` : ''}; correct the graph`,
    );
  expectLength(`${place}: bias`, outputs, bias);
  if (node.input_shape.join() !== [height, width].join())
    throw new InputError(
      `${place}: expected a map of ${node.input_shape.join('x')}, found ${height}x${width}; correct input_shape`,
    );
  const map: MapShape = [
    ...(pooledMap(source, { ...moves, window: moves.kernel }).slice(0, 2) as [number, number]),
    outputs,
  ];
  if (map[0] < 1 || map[1] < 1)
    throw new InputError(
      `${place}: leaves nothing of ${height}x${width}; use larger images or a smaller kernel`,
    );
  const numbers = fromOihw(weight.data, moves.kernel[0] * moves.kernel[1], inputs, outputs);
  const summands = wholeSpikes(signal.terms, place, partsOf).map(
    ({ from, pool, factor }): Summand => ({
      kind: 'conv2d',
      from,
      pool,
      weight: numbers.map((w, i) => w * factor[inputOf({ map: source, out: map, groups }, i)]!),
      moves,
    }),
  );
  return {
    kind: 'current',
    shape: [outputs, map[0], map[1]],
    map,
    summands,
    bias: Float64Array.from({ length: mapSize(map) }, (_, i) => bias.data[i % outputs]!),
  };
}

function movesOf({ weight, stride, padding, dilation, groups }: NirConv2d, place: string): ConvolutionMoves {
  const [, , ...sides] = weight.shape;
  const refuse = (expected: string, found: string): never => {
    throw new InputError(`${place}: expected ${expected}, found ${found}; correct the graph`);
  };
  if (weight.shape.length !== 4 || weight.shape.some((n) => n < 1))
    refuse('a weight of out x in x height x width', weight.shape.join('x'));
  if (![...stride, ...dilation, groups].every((n) => n >= 1))
    refuse('stride, dilation and groups of at least 1', [stride, dilation, groups].join(', '));
  const kernel = sides as unknown as Pair;
  const moves = { kernel, stride: stride as unknown as Pair, dilation: dilation as unknown as Pair, groups };
  if (typeof padding !== 'string') return { ...moves, padding: bothSides(padding) };
  if (padding === 'valid') return { ...moves, padding: NO_BORDER };
  if (stride.some((n) => n !== 1)) refuse("padding 'same' with a stride of 1", stride.join('x'));
  // what is odd comes below and on the right
  const [rows, columns] = [0, 1].map((axis) => dilation[axis]! * (kernel[axis]! - 1)) as [number, number];
  const border: Border = [rows >> 1, rows - (rows >> 1), columns >> 1, columns - (columns >> 1)];
  return { ...moves, padding: border };
}

/** A threshold that is no neuron's: only numbers that never change may pass it. */
function throughThreshold({ threshold }: NirThreshold, signal: Signal, place: string): Signal {
  if (signal.kind !== 'constant')
    throw new InputError(
      `${place}: expected a neuron's threshold, whose spikes go back to the integrator before it, found one that resets nothing; use IF, or feed the spikes back through a Scale`,
    );
  const numbers = spread(threshold, signal, place);
  return { ...signal, values: signal.values.map((value, i) => (value > numbers[i]! ? 1 : 0)) };
}

function expectMap(signal: Spikes, place: string): MapShape {
  if (signal.shape.length === 3) return signal.map;
  throw new InputError(
    `${place}: expected a map of channels x height x width, found ${signal.shape.join('x')}; put it before Flatten`,
  );
}

function expectLength(place: string, expected: number, { shape }: NirArray): void {
  if (sizeOf(shape) !== expected)
    throw new InputError(
      `${place}: expected ${expected} numbers, found ${shape.join('x')}; correct the graph`,
    );
}
