/** @file Small ONNX files, made on the spot. */
import { loadWire } from '../../src/onnx/wire/load.ts';
import type {
  OnnxAttribute,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValue,
} from '../../src/onnx/wire/messages.ts';
import { writeModel } from '../../src/onnx/wire/write.ts';

type Attribute = number | string | readonly number[] | OnnxTensor | { readonly float: number };

const EMPTY = {
  dims: [],
  floatData: new Float32Array(0),
  int32Data: [],
  int64Data: [],
  doubleData: new Float64Array(0),
  externalData: [],
} as const;

/** A tensor of floats in raw bytes. */
export function tensor(name: string, dims: readonly number[], values: readonly number[]): OnnxTensor {
  return { ...EMPTY, name, dims, dataType: 1, rawData: new Uint8Array(Float32Array.from(values).buffer) };
}

/** Any other tensor. */
export const tensorOf = (fields: Partial<OnnxTensor>): OnnxTensor => ({ ...EMPTY, ...fields });

/** A tensor of whole numbers. */
export const wholes = (name: string, values: readonly number[]): OnnxTensor =>
  tensorOf({ name, dims: [values.length], dataType: 7, int64Data: values });

function attribute(name: string, value: Attribute): OnnxAttribute {
  const rest = { name, floats: new Float32Array(0), ints: [] };
  if (typeof value === 'number') return { ...rest, i: value, type: 2 };
  if (typeof value === 'string') return { ...rest, s: value, type: 3 };
  if ('float' in value) return { ...rest, f: value.float, type: 1 };
  if ('dims' in value) return { ...rest, t: value, type: 4 };
  return { ...rest, ints: value, type: 7 };
}

export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): OnnxNode {
  return {
    opType,
    input,
    output,
    name: `the_${opType}`,
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  };
}

/** A tensor value of float; a text is an open size. */
export const value = (name: string, dims: readonly (number | string)[], elementType = 1): OnnxValue => ({
  name,
  type: {
    tensor: {
      elementType,
      shape: { dim: dims.map((size) => (typeof size === 'number' ? { value: size } : { parameter: size })) },
    },
  },
});

export interface Built extends Partial<Omit<OnnxGraph, 'node'>> {
  readonly node: readonly OnnxNode[];
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly model?: Partial<OnnxModel>;
}

export function model({ opset = 13, metadata = {}, model: rest = {}, ...graph }: Built): OnnxModel {
  return {
    irVersion: 7,
    producerName: 'test',
    opsetImport: [{ version: opset }],
    metadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    functions: [],
    graph: {
      name: 'net',
      initializer: [],
      sparseInitializer: [],
      input: [value('image', [1, 2, 4, 4])],
      output: [value('logits', [1, 3])],
      ...graph,
    },
    ...rest,
  };
}

const wire = await loadWire();

/** The bytes of a file. */
export const built = (graph: Built): Uint8Array<ArrayBuffer> => writeModel(wire, model(graph));

/** Numbers that are no round ones. */
export const some = (count: number, scale = 1): number[] =>
  Array.from({ length: count }, (_, i) => scale * Math.sin(1 + 1.7 * i));

/** A flatten and a linear layer of 3 outputs behind the nodes, which give `from` of `size` values. */
export function ended(
  nodes: readonly OnnxNode[],
  from: string,
  size: number,
  rest: Partial<Built> = {},
): Built {
  return {
    ...rest,
    node: [...nodes, node('Flatten', [from], ['flat']), node('Gemm', ['flat', 'last'], ['logits'])],
    initializer: [...(rest.initializer ?? []), tensor('last', [size, 3], some(3 * size))],
  };
}
