/** @file Spiking networks on disk. */
import { decodeSnn, encodeSnn, type ReadSnnOptions } from '../format/snn-format.ts';
import type { SpikingNetwork } from '../snn/network.ts';
import { readBytes } from './files.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * Writes a spiking network; the file that was there stays whole until the new one is, and what could not be read again is not written.
 * @throws InputError when it cannot be written, or is no network that `loadSnn` would read
 * @example
 * await saveSnn(`${folder}/digits.snn.safetensors`, snn);
 */
export async function saveSnn(path: string, network: SpikingNetwork): Promise<void> {
  const bytes = encodeSnn(network);
  decodeSnn(bytes, path, { neurons: [network.neuron] });
  await writeAtomic(path, bytes);
}

/**
 * loadSnn('mine.snn.safetensors', { neurons: [mine] }) reads a network with a neuron of one's own.
 * @throws InputError when the file is missing, damaged, no spiking network, or of a neuron that is not known
 * @example
 * await saveSnn(`${folder}/digits.snn.safetensors`, snn);
 * (await loadSnn(`${folder}/digits.snn.safetensors`)).layers.length === snn.layers.length; // true
 */
export async function loadSnn(path: string, options?: ReadSnnOptions): Promise<SpikingNetwork> {
  return decodeSnn(await readBytes(path), path, options);
}
