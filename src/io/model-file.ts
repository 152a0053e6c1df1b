/** @file Trained networks on disk. */
import {
  decodeModel,
  encodeModel,
  type ReadModelOptions,
  type SaveModelOptions,
} from '../format/model-format.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';
import { readBytes } from './files.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * Writes a trained network; the file that was there stays whole until the new one is.
 * @throws InputError when it cannot be written
 * @example
 * await saveModel(`${folder}/digits.safetensors`, network);
 */
export async function saveModel(
  path: string,
  network: TrainedNetwork,
  options: SaveModelOptions = {},
): Promise<void> {
  await writeAtomic(path, encodeModel(network, options));
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
