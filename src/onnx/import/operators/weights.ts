/**
 * @file Convolutions, products with a matrix, batch norms. Weights come as [out, in, rows, columns] and become channels last.
 */
import { type Constant, volume } from '../../constant.ts';
import {
  type Answer,
  after,
  type Call,
  constantAt,
  float,
  int,
  ints,
  isFlat,
  mapAt,
  neededConstant,
  signalAt,
} from '../call.ts';
import { refuse } from '../place.ts';
import { layerStep, type Signal } from '../step.ts';
import { channelsFirst, isChannelsFirst, reordered, sizesOf, vectorOrder, vectorView } from '../view.ts';
import { pairOf, windowOf } from '../window.ts';

type Floats = Float32Array<ArrayBufferLike>;

const floats = (data: Constant['data']): Floats =>
  data instanceof Float32Array ? data : Float32Array.from(data);

function expectSize(call: Call, { dims }: Constant, expected: readonly number[], what: string): void {
  if (dims.join() === expected.join()) return;
  refuse(
    call.place,
    `expected ${what} of [${expected.join(', ')}], found [${dims.join(', ')}]`,
    'the weights do not belong to this network: export it again',
  );
}

/** [out, in, rows, columns] -> [rows, columns, in, out] */
function channelsLast(weight: Constant): Floats {
  const [outputs, inputs, rows, columns] = weight.dims as readonly [number, number, number, number];
  const taps = rows * columns;
  const out = new Float32Array(weight.data.length);
  for (let o = 0, at = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let tap = 0; tap < taps; tap++) out[(tap * inputs + i) * outputs + o] = weight.data[at++]!;
  return out;
}

export function conv(call: Call): Answer {
  const input = mapAt(call, 0);
  const weight = neededConstant(call, 1, 'weights');
  const bias = constantAt(call, 2);
  const [outChannels = 0, perGroup = 0, ...kernelSizes] = weight.dims;
  const kernel = pairOf(call, kernelSizes, 'kernel');
  const stated = ints(call, 'kernel_shape');
  if (stated && stated.join() !== kernel.join())
    refuse(
      call.place,
      `kernel_shape says ${stated.join('x')}, the weights ${kernel.join('x')}`,
      'export it again',
    );
  const [rows, columns, inChannels] = input.shape;
  const groups = int(call, 'group', 1);
  if (groups < 1 || outChannels % groups !== 0)
    refuse(call.place, `${groups} groups do not divide ${outChannels} outputs`, 'export the network again');
  expectSize(call, weight, [outChannels, inChannels / groups, ...kernel], 'weights');
  if (volume(weight.dims) === 0)
    refuse(call.place, 'expected weights, found none', 'export the network again');
  if (bias) expectSize(call, bias, [outChannels], 'a bias');
  const { stride, padding, dilation, places } = windowOf(call, [rows, columns], kernel);
  const shape = [places[0], places[1], outChannels] as const;
  const layer = {
    kind: 'conv2d',
    inChannels: perGroup * groups,
    outChannels,
    kernel,
    stride,
    padding,
    dilation,
    groups,
    bias: bias !== null,
  } as const;
  const tensors = { weight: channelsLast(weight), ...(bias && { bias: floats(bias.data) }) };
  const step = layerStep(input.step, layer, tensors, call.place);
  return { value: { signal: { step, shape, view: channelsFirst(shape) } } };
}

/** The input as a vector. */
function vectorAt(call: Call, i: number): Signal {
  const signal = signalAt(call, i);
  if (signal.view.length === 1) return signal;
  return refuse(
    call.place,
    `expected a vector, found [batch, ${sizesOf(signal.view).join(', ')}]`,
    'flatten the map before the linear layer (nn.Flatten)',
  );
}

/** weight: [inputs, outputs] in the file's order of inputs. */
function linear(call: Call, input: Signal, weight: Floats, outputs: number, bias: Floats | null): Answer {
  const inputs = weight.length / outputs;
  const rows = reordered(weight, vectorOrder(input.view), outputs);
  const step = layerStep(
    input.step,
    { kind: 'linear', inputs, outputs, bias: bias !== null },
    { weight: rows, ...(bias && { bias }) },
    call.place,
  );
  return { value: { signal: { step, shape: [1, 1, outputs], view: vectorView(outputs) } } };
}

function transposed(data: Constant['data'], rows: number, columns: number): Floats {
  const out = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = data[r * columns + c]!;
  return out;
}

const scaled = (data: Floats, factor: number): Floats => (factor === 1 ? data : data.map((x) => x * factor));

export function gemm(call: Call): Answer {
  if (int(call, 'transA', 0) !== 0) refuse(call.place, 'the image is transposed', 'leave transA at 0');
  const input = vectorAt(call, 0);
  const weight = neededConstant(call, 1, 'weights');
  const bias = constantAt(call, 2);
  const flip = int(call, 'transB', 0) === 1;
  const [inputs] = sizesOf(input.view) as [number];
  const outputs = weight.dims[flip ? 0 : 1] ?? 0;
  expectSize(call, weight, flip ? [outputs, inputs] : [inputs, outputs], 'weights');
  if (outputs === 0) refuse(call.place, 'expected outputs, found none', 'export the network again');
  const matrix = flip ? transposed(weight.data, outputs, inputs) : floats(weight.data);
  return linear(
    call,
    input,
    scaled(matrix, float(call, 'alpha', 1)),
    outputs,
    bias && scaled(rowOf(call, bias, outputs), float(call, 'beta', 1)),
  );
}

/** A bias of one number or one per output. */
function rowOf(call: Call, { dims, data }: Constant, outputs: number): Floats {
  if (data.length === 1) return new Float32Array(outputs).fill(data[0]!);
  if (data.length === outputs && dims.at(-1) === outputs) return floats(data);
  return refuse(call.place, `expected a bias of [${outputs}], found [${dims.join(', ')}]`, 'export it again');
}

export function matMul(call: Call): Answer {
  const input = vectorAt(call, 0);
  const weight = neededConstant(call, 1, 'weights');
  const [inputs] = sizesOf(input.view) as [number];
  const outputs = weight.dims[1] ?? 0;
  expectSize(call, weight, [inputs, outputs], 'weights');
  if (outputs === 0) refuse(call.place, 'expected outputs, found none', 'export the network again');
  return linear(call, input, floats(weight.data), outputs, null);
}

export function batchNormalization(call: Call): Answer {
  if (int(call, 'training_mode', 0) !== 0 || call.usedOutputs.slice(1).some(Boolean))
    refuse(call.place, 'batch norm in training mode', 'call model.eval() before the export');
  const input = signalAt(call, 0);
  const vector = input.view.length === 1;
  if (!vector && (isFlat(input) || !isChannelsFirst(input.view))) mapAt(call, 0);
  const channels = input.shape[2];
  const row = (i: number, what: string): Floats => {
    const found = neededConstant(call, i, what);
    expectSize(call, found, [channels], what);
    return vector ? reordered(floats(found.data), vectorOrder(input.view)) : floats(found.data);
  };
  const tensors = {
    gamma: row(1, 'a scale'),
    beta: row(2, 'a shift'),
    mean: row(3, 'a mean'),
    variance: row(4, 'a variance'),
  };
  if (tensors.variance.some((x) => x < 0))
    refuse(call.place, 'expected variances of at least 0, found one below', 'export the network again');
  const epsilon = float(call, 'epsilon', 1e-5);
  if (!(epsilon >= 0))
    refuse(call.place, `expected an epsilon of at least 0, found ${epsilon}`, 'export it again');
  const momentum = Math.min(1, Math.max(0, 1 - float(call, 'momentum', 0.9)));
  return after(
    input,
    layerStep(input.step, { kind: 'batchNorm', channels, epsilon, momentum }, tensors, call.place),
  );
}
