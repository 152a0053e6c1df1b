/**
 * @file A trained network as a safetensors file: parameters and running statistics by name, everything else in the metadata.
 */

import type { TrainedNetwork } from '../nn/architecture.ts';
import { type ParameterSpec, parameterSpecs } from '../nn/parameters.ts';
import { type OwnParts, parseArchitecture } from './architecture-json.ts';
import { architectureText } from './architecture-text.ts';
import { MODEL_FORMAT } from './format-names.ts';
import { learnedMetadata, readLearned } from './learned-json.ts';
import {
  checkFormat,
  checkMetadataKeys,
  FORMAT_VERSION,
  metadataJson,
  readProvenance,
  TensorReader,
} from './network-tensors.ts';
import { writeJson } from './parse-json.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.ts';

const KEYS = ['format', 'format_version', 'architecture', 'provenance', 'learned'];

/** How to write a trained network. */
export interface SaveModelOptions {
  /** True: weights (not thresholds, biases or statistics) are float16, half the size, rounded to 11 bits. Default: false. */
  readonly halfWeights?: boolean;
}

/** How to read a trained network: what of it is the caller's own. */
export type ReadModelOptions = OwnParts;

/**
 * The bytes of a trained network's file.
 * @throws Error when the network lacks a tensor that its architecture has
 * @example
 * decodeModel(encodeModel(network), 'model').architecture.name; // 'lenet'
 */
export function encodeModel(
  network: TrainedNetwork,
  options: SaveModelOptions = {},
): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, StoredTensor>();
  for (const { name, role, shape } of parameterSpecs(network.architecture.layers)) {
    const data = network.weights.get(name);
    if (!data) throw new Error(`model: ${network.architecture.name} has no tensor ${name}`);
    tensors.set(name, { dtype: options.halfWeights && role === 'weight' ? 'F16' : 'F32', shape, data });
  }
  const metadata = {
    format: MODEL_FORMAT,
    format_version: FORMAT_VERSION,
    architecture: architectureText(network.architecture),
    provenance: writeJson(network.provenance),
    ...learnedMetadata(network.learned),
  };
  return encodeSafetensors({ tensors, metadata });
}

/**
 * A trained network from the bytes of its file.
 * @param source the file's name, for errors
 * @throws InputError naming the tensor or field that is wrong
 * @example
 * decodeModel(encodeModel(network), 'model.safetensors').architecture.name === network.architecture.name; // true
 */
export function decodeModel(
  bytes: Uint8Array<ArrayBufferLike>,
  source: string,
  own: ReadModelOptions = {},
): TrainedNetwork {
  const file = decodeSafetensors(bytes, source);
  checkFormat(file, MODEL_FORMAT, [FORMAT_VERSION], source);
  checkMetadataKeys(file, KEYS, source);
  const architecture = parseArchitecture(metadataJson(file, 'architecture', source), source, own);
  const reader = new TensorReader(file, source);
  const read = ({ name, role, shape }: ParameterSpec): Float32Array<ArrayBufferLike> => {
    if (role === 'theta') return reader.takePositive(name, shape);
    return role === 'variance' ? reader.takePositive(name, shape, true) : reader.take(name, shape);
  };
  const weights = new Map(parameterSpecs(architecture.layers).map((spec) => [spec.name, read(spec)]));
  reader.finish();
  const learned = readLearned(file, architecture, source);
  return { architecture, weights, ...learned, provenance: readProvenance(file, source) };
}
