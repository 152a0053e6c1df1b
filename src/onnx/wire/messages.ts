/**
 * @file The fields of onnx.proto that a network needs, by message: name, number, kind. Others are skipped when a file is read.
 */

/** Kinds of one value: a whole number, a real one, a text, bytes. */
export type Single = 'int' | 'float' | 'text' | 'bytes';
/** Kinds of several values in one field: packed or one by one. */
export type Several = 'ints' | 'floats' | 'doubles' | 'texts' | 'blobs';

/** A field's number and kind; a nested message stands once or several times ('many'). */
export type Field =
  | readonly [number: number, kind: Single | Several]
  | readonly [number: number, message: Table, many?: 'many'];

/** The fields of a message by their names here. */
export type Table = Readonly<Record<string, Field>>;
type TableOf<Message> = Readonly<Record<keyof Message, Field>>;

type Bytes = Uint8Array<ArrayBufferLike>;

/** Fields that are not in the file are absent, repeated ones are empty. */
export interface OnnxEntry {
  readonly key?: string;
  readonly value?: string;
}

export interface OnnxTensor {
  readonly dims: readonly number[];
  readonly dataType?: number;
  readonly segment?: Bytes;
  readonly floatData: Float32Array<ArrayBufferLike>;
  readonly int32Data: readonly number[];
  readonly int64Data: readonly number[];
  readonly name?: string;
  readonly rawData?: Bytes;
  readonly doubleData: Float64Array<ArrayBufferLike>;
  readonly externalData: readonly OnnxEntry[];
  readonly dataLocation?: number;
}

/** Graphs inside attributes are skipped: control flow is refused by its operator. */
export interface OnnxAttribute {
  readonly name?: string;
  readonly f?: number;
  readonly i?: number;
  readonly s?: string;
  readonly t?: OnnxTensor;
  readonly floats: Float32Array<ArrayBufferLike>;
  readonly ints: readonly number[];
  /** Which of the others holds the value. */
  readonly type?: number;
}

export interface OnnxNode {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name?: string;
  readonly opType?: string;
  readonly attribute: readonly OnnxAttribute[];
  readonly domain?: string;
}

export interface OnnxDimension {
  readonly value?: number;
  readonly parameter?: string;
}

export interface OnnxValue {
  readonly name?: string;
  readonly type?: {
    readonly tensor?: {
      readonly elementType?: number;
      readonly shape?: { readonly dim: readonly OnnxDimension[] };
    };
  };
}

export interface OnnxGraph {
  readonly node: readonly OnnxNode[];
  readonly name?: string;
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly OnnxValue[];
  readonly output: readonly OnnxValue[];
  readonly sparseInitializer: readonly Bytes[];
}

export interface OnnxModel {
  readonly irVersion?: number;
  readonly producerName?: string;
  readonly producerVersion?: string;
  readonly graph?: OnnxGraph;
  readonly opsetImport: readonly { readonly domain?: string; readonly version?: number }[];
  readonly metadata: readonly OnnxEntry[];
  readonly functions: readonly Bytes[];
}

const ENTRY: TableOf<OnnxEntry> = { key: [1, 'text'], value: [2, 'text'] };

const TENSOR: TableOf<OnnxTensor> = {
  dims: [1, 'ints'],
  dataType: [2, 'int'],
  segment: [3, 'bytes'],
  floatData: [4, 'floats'],
  int32Data: [5, 'ints'],
  int64Data: [7, 'ints'],
  name: [8, 'text'],
  rawData: [9, 'bytes'],
  doubleData: [10, 'doubles'],
  externalData: [13, ENTRY, 'many'],
  dataLocation: [14, 'int'],
};

const ATTRIBUTE: TableOf<OnnxAttribute> = {
  name: [1, 'text'],
  f: [2, 'float'],
  i: [3, 'int'],
  s: [4, 'text'],
  t: [5, TENSOR],
  floats: [7, 'floats'],
  ints: [8, 'ints'],
  type: [20, 'int'],
};

const NODE: TableOf<OnnxNode> = {
  input: [1, 'texts'],
  output: [2, 'texts'],
  name: [3, 'text'],
  opType: [4, 'text'],
  attribute: [5, ATTRIBUTE, 'many'],
  domain: [7, 'text'],
};

const DIMENSION: TableOf<OnnxDimension> = { value: [1, 'int'], parameter: [2, 'text'] };

const VALUE: TableOf<OnnxValue> = {
  name: [1, 'text'],
  type: [2, { tensor: [1, { elementType: [1, 'int'], shape: [2, { dim: [1, DIMENSION, 'many'] }] }] }],
};

const GRAPH: TableOf<OnnxGraph> = {
  node: [1, NODE, 'many'],
  name: [2, 'text'],
  initializer: [5, TENSOR, 'many'],
  input: [11, VALUE, 'many'],
  output: [12, VALUE, 'many'],
  sparseInitializer: [15, 'blobs'],
};

/** A whole file. */
export const MODEL: TableOf<OnnxModel> = {
  irVersion: [1, 'int'],
  producerName: [2, 'text'],
  producerVersion: [3, 'text'],
  graph: [7, GRAPH],
  opsetImport: [8, { domain: [1, 'text'], version: [2, 'int'] }, 'many'],
  metadata: [14, ENTRY, 'many'],
  functions: [25, 'blobs'],
};
