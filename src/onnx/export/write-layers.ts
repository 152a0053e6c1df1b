/**
 * @file Layers as nodes of a file: weights become [out, in, rows, columns], vectors channels first.
 */
import { InputError } from '../../errors.ts';
import {
  type Border,
  type Conv2dLayer,
  type Layer,
  type LinearLayer,
  mapSize,
} from '../../nn/architecture.ts';
import { shapeAfter } from '../../nn/shapes.ts';
import { writeActivation } from './activation.ts';
import { asMap, asVector, type Flow, inFileOrder } from './flow.ts';
import type { GraphBuilder } from './graph-builder.ts';

type Floats = Float32Array<ArrayBufferLike>;

export interface Writing {
  readonly builder: GraphBuilder;
  readonly weights: ReadonlyMap<string, Floats>;
  /** The network's name, for errors. */
  readonly source: string;
}

export const writeLayers = (writing: Writing, layers: readonly Layer[], flow: Flow): Flow =>
  layers.reduce((before, layer) => writeLayer(writing, layer, before), flow);

function tensorOf({ weights, source }: Writing, name: string): Floats {
  const found = weights.get(name);
  if (found) return found;
  throw new InputError(
    `${name}: expected numbers in network ${source}, found none; its weights do not belong to its architecture`,
  );
}

function writeLayer(writing: Writing, layer: Layer, flow: Flow): Flow {
  const { builder, source } = writing;
  const { name } = layer;
  const tensor = (role: string): Floats => tensorOf(writing, `${name}.${role}`);
  /** A node on the map. */
  const map = (
    operator: string,
    attributes: Parameters<GraphBuilder['node']>[3],
    more: readonly string[] = [],
  ): Flow => {
    const input = asMap(builder, flow, name);
    const value = builder.node(operator, name, [input.value, ...more], attributes);
    return { ...input, value, shape: shapeAfter(layer, input.shape, source) };
  };
  switch (layer.kind) {
    case 'conv2d':
      return map('Conv', convolution(layer), convolutionTensors(writing, layer));
    case 'linear':
      return linear(writing, layer, flow);
    case 'batchNorm': {
      const rows = (['gamma', 'beta', 'mean', 'variance'] as const).map((role) =>
        builder.floats(`${name}.${role}`, [layer.channels], inFileOrder(tensor(role), flow)),
      );
      const attributes = { epsilon: { real: layer.epsilon }, momentum: { real: 1 - layer.momentum } };
      return { ...flow, value: builder.node('BatchNormalization', name, [flow.value, ...rows], attributes) };
    }
    case 'activation':
      return writeActivation(
        builder,
        layer,
        layer.activation === 'relu' ? new Float32Array(0) : tensor('theta'),
        flow,
      );
    case 'avgPool':
      return map('AveragePool', {
        kernel_shape: layer.window,
        strides: layer.stride,
        pads: pads(layer.padding),
        count_include_pad: layer.countPadding ? 1 : 0,
      });
    case 'maxPool':
      return map('MaxPool', { kernel_shape: layer.window, strides: layer.stride, pads: pads(layer.padding) });
    case 'pad': {
      const [top, bottom, left, right] = layer.padding;
      const pads = builder.integers(`${name}.pads`, [0, 0, top, left, 0, 0, bottom, right]);
      return map('Pad', {}, layer.value === 0 ? [pads] : [pads, builder.float(layer.value)]);
    }
    case 'flatten':
      return asVector(builder, flow, name);
    case 'dropout':
      return { ...flow, value: builder.node('Dropout', name, [flow.value, builder.float(layer.rate)]) };
    case 'residual': {
      const branches = [layer.body, layer.shortcut].map((branch) => writeLayers(writing, branch, flow));
      const [body] = branches as [Flow, Flow];
      return {
        ...body,
        value: builder.node(
          'Add',
          name,
          branches.map(({ value }) => value),
        ),
      };
    }
    case 'concat':
      return concatenated(
        writing,
        layer.name,
        layer.branches.map((branch) => writeLayers(writing, branch, flow)),
      );
    case 'custom':
      throw new InputError(
        `${name}: expected one of strelu's own layers, found ${layer.layer}; an ONNX file has no word for it`,
      );
  }
}

/** The file writes [top, left, bottom, right]. */
const pads = ([top, bottom, left, right]: Border): readonly number[] => [top, left, bottom, right];

const convolution = (layer: Conv2dLayer): Parameters<GraphBuilder['node']>[3] => ({
  kernel_shape: layer.kernel,
  strides: layer.stride,
  pads: pads(layer.padding),
  dilations: layer.dilation,
  group: layer.groups,
});

/** [rows, columns, in, out] -> [out, in, rows, columns] */
function convolutionTensors(writing: Writing, layer: Conv2dLayer): string[] {
  const { name, kernel, inChannels, outChannels, groups, bias } = layer;
  const weight = tensorOf(writing, `${name}.weight`);
  const [taps, inputs] = [kernel[0] * kernel[1], inChannels / groups];
  const first = new Float32Array(weight.length);
  for (let tap = 0, at = 0; tap < taps; tap++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outChannels; o++) first[(o * inputs + i) * taps + tap] = weight[at++]!;
  const { builder } = writing;
  const names = [builder.floats(`${name}.weight`, [outChannels, inputs, ...kernel], first)];
  if (bias) names.push(builder.floats(`${name}.bias`, [outChannels], tensorOf(writing, `${name}.bias`)));
  return names;
}

/** [in, out] in our order of inputs -> [out, in] in the file's, as PyTorch stores it. */
function linear(writing: Writing, layer: LinearLayer, flow: Flow): Flow {
  const { builder } = writing;
  const { name, inputs, outputs, bias } = layer;
  const input = asVector(builder, flow, `${name}.flat`);
  const weight = tensorOf(writing, `${name}.weight`);
  const rows = new Float32Array(weight.length);
  for (let i = 0; i < inputs; i++) {
    const at = (input.order ? input.order[i]! : i) * outputs;
    for (let o = 0; o < outputs; o++) rows[o * inputs + i] = weight[at + o]!;
  }
  const names = [builder.floats(`${name}.weight`, [outputs, inputs], rows)];
  if (bias) names.push(builder.floats(`${name}.bias`, [outputs], tensorOf(writing, `${name}.bias`)));
  const value = builder.node('Gemm', name, [input.value, ...names], { transB: 1 });
  return { value, shape: [1, 1, outputs], rank: 2, order: null };
}

function concatenated({ builder }: Writing, name: string, branches: readonly Flow[]): Flow {
  const [first] = branches as readonly [Flow, ...Flow[]];
  const even = branches.every(({ rank }) => rank === first.rank);
  const flows = even ? branches : branches.map((branch) => asMap(builder, branch, name));
  const value = builder.node(
    'Concat',
    name,
    flows.map((flow) => flow.value),
    { axis: 1 },
  );
  const channels = flows.reduce((sum, { shape }) => sum + shape[2], 0);
  const shape = [first.shape[0], first.shape[1], channels] as const;
  return { value, shape, rank: flows[0]!.rank, order: joinedOrder(flows, mapSize(shape)) };
}

/** Vectors behind one another, each in its own order. */
function joinedOrder(flows: readonly Flow[], size: number): Int32Array | null {
  if (flows.every(({ order }) => order === null)) return null;
  const order = new Int32Array(size);
  let from = 0;
  for (const { shape, order: own } of flows) {
    for (let i = 0; i < shape[2]; i++) order[from + i] = from + (own ? own[i]! : i);
    from += shape[2];
  }
  return order;
}
