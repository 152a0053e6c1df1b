/** @file Trained networks on disk. */
import {
  decodeModel,
  encodeModel,
  type ReadModelOptions,
  type SaveModelOptions,
} from '../format/model-format.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';
import { allLayers } from '../nn/inner-layers.ts';
import { readBytes } from './files.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * Writes a trained network; the file that was there stays whole until the new one is, and what could not be read again is not written.
 * @throws InputError when it cannot be written, or holds NaN, an infinity or a threshold of 0
 * @example
 * await saveModel(`${folder}/digits.safetensors`, network);
 */
export async function saveModel(
  path: string,
  network: TrainedNetwork,
  options: SaveModelOptions = {},
): Promise<void> {
  const bytes = encodeModel(network, options);
  decodeModel(bytes, path, ownParts(network));
  await writeAtomic(path, bytes);
}

/**
 * Reads a trained network; activations of one's own are handed in with the path.
 * @throws InputError when the file is missing, damaged, or no trained network
 * @example
 * await saveModel(`${folder}/digits.safetensors`, network);
 * (await loadModel(`${folder}/digits.safetensors`)).weights.size === network.weights.size; // true
 */
export async function loadModel(path: string, options?: ReadModelOptions): Promise<TrainedNetwork> {
  return decodeModel(await readBytes(path), path, options);
}

/** The activations and layers of the caller's own that a network has. */
function ownParts({ architecture }: TrainedNetwork): ReadModelOptions {
  const layers = allLayers(architecture.layers);
  return {
    activations: layers.flatMap((layer) => (layer.kind === 'activation' && layer.own ? [layer.own] : [])),
    layers: layers.flatMap((layer) => (layer.kind === 'custom' ? [layer.own] : [])),
  };
}
