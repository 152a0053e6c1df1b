/**
 * @file A trained network as a safetensors file: parameters and running statistics by name, everything else in the metadata.
 */
import type { TrainedNetwork } from '../nn/architecture.ts';
import { type ParameterSpec, parameterSpecs } from '../nn/parameters.ts';
import { parseArchitecture } from './architecture-json.ts';
import { readBytes } from './files.ts';
import {
  checkFormat,
  FORMAT_VERSION,
  metadataJson,
  readProvenance,
  TensorReader,
} from './network-tensors.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.ts';
import { writeAtomic } from './write-atomic.ts';

export const MODEL_FORMAT = 'strelu-ann';

export interface SaveModelOptions {
  /** Weights (not thresholds, biases or statistics) as float16: half the size, rounded to 11 bits. Default false. */
  readonly halfWeights?: boolean;
}

/** @throws InputError when a parameter of the architecture is missing */
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
    architecture: JSON.stringify(network.architecture),
    provenance: JSON.stringify(network.provenance),
  };
  return encodeSafetensors({ tensors, metadata });
}

/** @param source the file to blame. @throws InputError naming the tensor or field that is wrong */
export function decodeModel(bytes: Uint8Array<ArrayBufferLike>, source: string): TrainedNetwork {
  const file = decodeSafetensors(bytes, source);
  checkFormat(file, MODEL_FORMAT, [FORMAT_VERSION], source);
  const architecture = parseArchitecture(metadataJson(file, 'architecture', source), source);
  const reader = new TensorReader(file, source);
  const read = ({ name, role, shape }: ParameterSpec): Float32Array<ArrayBufferLike> => {
    if (role === 'theta') return reader.takePositive(name, shape);
    return role === 'variance' ? reader.takePositive(name, shape, true) : reader.take(name, shape);
  };
  const weights = new Map(parameterSpecs(architecture.layers).map((spec) => [spec.name, read(spec)]));
  reader.finish();
  return { architecture, weights, provenance: readProvenance(file, source) };
}

export async function saveModel(
  path: string,
  network: TrainedNetwork,
  options: SaveModelOptions = {},
): Promise<void> {
  await writeAtomic(path, encodeModel(network, options));
}

/** @throws InputError when the file is missing, damaged, or no trained network */
export async function loadModel(path: string): Promise<TrainedNetwork> {
  return decodeModel(await readBytes(path), path);
}
