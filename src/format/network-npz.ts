/**
 * @file What strelu computes as npz files for NumPy: the numbers of a network by their names, and spikes one by one.
 */
import { encodeNpz, type ShapedArray } from '../data/encode-npz.ts';
import type { NpyArray } from '../data/npy.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';
import type { SpikingNetwork } from '../snn/network.ts';
import type { SimulationResult } from '../snn/simulation.ts';
import { type SpikeEvents, spikeEvents } from '../snn/spike-events.ts';
import { encodeModel } from './model-format.ts';
import { decodeSafetensors } from './safetensors.ts';
import { encodeSnn } from './snn-format.ts';

/**
 * The weights of a network, trained or spiking, by the names and in the layouts of its own file: `conv1.weight`, `act1.theta`.
 * @example
 * decodeNpz(encodeWeights(network), 'w.npz').names.includes('conv1.weight'); // true
 */
export function encodeWeights(network: TrainedNetwork | SpikingNetwork): Uint8Array<ArrayBuffer> {
  const file = 'architecture' in network ? encodeModel(network) : encodeSnn(network);
  const { tensors } = decodeSafetensors(file, 'network');
  const arrays = [...tensors].map(
    ([name, { shape, data }]) => [name, { shape, data: data as NpyArray }] as const,
  );
  return encodeNpz(new Map(arrays));
}

/**
 * The spikes of a recorded run: arrays image, t, layer, neuron and sign with an entry for each spike (`spikeEvents`), and `neurons`, how
 * many each layer has.
 * @throws UsageError for a run that did not record its spikes
 * @example
 * decodeNpz(encodeSpikes(result), 's.npz').names; // ['image', 't', 'layer', 'neuron', 'sign', 'neurons']
 */
export function encodeSpikes(result: SimulationResult): Uint8Array<ArrayBuffer> {
  const neurons = result.layers.map((layer) => layer.neurons);
  return encodeSpikeEvents(spikeEvents(result), neurons);
}

/** @param neurons how many each layer has */
export function encodeSpikeEvents(events: SpikeEvents, neurons: readonly number[]): Uint8Array<ArrayBuffer> {
  const columns = Object.entries({ ...events, neurons: Int32Array.from(neurons) }).map(
    ([name, data]): [string, ShapedArray] => [name, { shape: [data.length], data }],
  );
  return encodeNpz(new Map(columns));
}
