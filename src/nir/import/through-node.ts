/**
 * @file What becomes of a signal in a node that has no state. What strelu's synapses cannot do is refused: they are one pool, then one
 * matrix or convolution, between neurons and neurons.
 */
import { InputError } from '../../errors.ts';
import { outLength } from '../../kernels/conv2d/out-length.ts';
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import type { NirArray, NirConv2d, NirFlatten, NirPool2d, NirScale, NirThreshold } from '../graph.ts';
import { sizeOf } from '../graph.ts';
import { fromNirKernel, fromNirMatrix } from '../layout.ts';
import type { FlatNode } from './flat-graph.ts';
import { perChannel, spread } from './per-channel.ts';
import { type PartsOf, type Signal, type Spikes, type Summand, wholeSpikes } from './signals.ts';

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
  const [height, width, channels] = expectMap(signal, place);
  const window = kernel_size[0]!;
  const square = [...kernel_size, ...stride].every((n) => n === window) && padding.every((n) => n === 0);
  if (!square || window < 1)
    throw new InputError(
      `${place}: expected square windows side by side, found kernel_size ${kernel_size.join('x')}, stride ${stride.join('x')}, padding ${padding.join('x')}; use a kernel_size that is the stride, without padding`,
    );
  const map: MapShape = [Math.floor(height / window), Math.floor(width / window), channels];
  if (map[0] * map[1] === 0)
    throw new InputError(
      `${place}: expected a window that fits ${height} x ${width}, found ${window}; use a smaller one`,
    );
  const share = type === 'AvgPool2d' ? window * window : 1;
  const terms = signal.terms.map((one) => ({
    ...one,
    pool: one.pool * window,
    factor: one.factor.map((f) => f / share),
  }));
  return { kind: 'spikes', shape: [channels, map[0], map[1]], map, terms };
}

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
  const numbers = fromNirMatrix(weight.data, signal.map, outputs);
  const summands = wholeSpikes(signal.terms, place, partsOf).map(
    ({ from, pool, factor }): Summand => ({
      kind: 'linear',
      from,
      pool,
      weight: numbers.map((w, i) => w * factor[Math.floor(i / outputs) % factor.length]!),
      kernel: 1,
      stride: 1,
      padding: 0,
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
  const [height, width, channels] = expectMap(signal, place);
  const { kernel, stride, padding } = squareWindow(node, place);
  const { weight, bias } = node;
  const [outputs, inputs] = weight.shape as [number, number];
  if (inputs !== channels)
    throw new InputError(`${place}: expected ${inputs} channels, found ${channels}; correct the graph`);
  expectLength(`${place}: bias`, outputs, bias);
  if (node.input_shape.join() !== [height, width].join())
    throw new InputError(
      `${place}: expected a map of ${node.input_shape.join('x')}, found ${height}x${width}; correct input_shape`,
    );
  const [outHeight, outWidth] = [height, width].map((n) => outLength(n, { kernel, stride, padding })) as [
    number,
    number,
  ];
  if (outHeight < 1 || outWidth < 1)
    throw new InputError(
      `${place}: leaves nothing of ${height}x${width}; use larger images or a smaller kernel`,
    );
  const numbers = fromNirKernel(weight.data, kernel * kernel, inputs, outputs);
  const summands = wholeSpikes(signal.terms, place, partsOf).map(
    ({ from, pool, factor }): Summand => ({
      kind: 'conv2d',
      from,
      pool,
      weight: numbers.map((w, i) => w * factor[Math.floor(i / outputs) % inputs]!),
      kernel,
      stride,
      padding,
    }),
  );
  const map: MapShape = [outHeight, outWidth, outputs];
  return {
    kind: 'current',
    shape: [outputs, outHeight, outWidth],
    map,
    summands,
    bias: Float64Array.from({ length: mapSize(map) }, (_, i) => bias.data[i % outputs]!),
  };
}

function squareWindow(
  { weight, stride, padding, dilation, groups }: NirConv2d,
  place: string,
): { readonly kernel: number; readonly stride: number; readonly padding: number } {
  const [, , kernelHeight = 0, kernelWidth = 0] = weight.shape;
  const refuse = (expected: string, found: string): never => {
    throw new InputError(`${place}: expected ${expected}, found ${found}; strelu's synapses have no other`);
  };
  if (weight.shape.length !== 4) refuse('a weight of out x in x height x width', weight.shape.join('x'));
  if (kernelHeight !== kernelWidth || kernelHeight < 1)
    refuse('a square kernel', `${kernelHeight}x${kernelWidth}`);
  if (stride[0] !== stride[1] || stride[0]! < 1) refuse('one stride of at least 1', stride.join('x'));
  if (dilation.some((n) => n !== 1)) refuse('a dilation of 1', dilation.join('x'));
  if (groups !== 1) refuse('one group', `${groups}`);
  const zeros = typeof padding === 'string' ? paddingOf(padding, kernelHeight, stride[0]!, refuse) : padding;
  if (zeros[0] !== zeros[1]) refuse('as much padding above as at the sides', zeros.join('x'));
  return { kernel: kernelHeight, stride: stride[0]!, padding: zeros[0]! };
}

function paddingOf(
  word: 'same' | 'valid',
  kernel: number,
  stride: number,
  refuse: (expected: string, found: string) => never,
): readonly number[] {
  if (word === 'valid') return [0, 0];
  if (stride !== 1 || kernel % 2 === 0)
    refuse("padding 'same' with an odd kernel and a stride of 1", `${kernel}, ${stride}`);
  return [(kernel - 1) / 2, (kernel - 1) / 2];
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
