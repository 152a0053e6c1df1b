/**
 * @file The spikes of the first images of a data set one by one, for files: image by image, so that no record of many images is held.
 */
import { quantisedToInt8 } from '../../convert/transforms/index.ts';
import type { Dataset } from '../../data/dataset.ts';
import { encodeSpikeEvents } from '../../format/network-npz.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import type { SimulateOptions } from '../../snn/simulation.ts';
import { joinSpikeEvents, type SpikeEvents, spikeEvents } from '../../snn/spike-events.ts';
import { chooseOnce } from './choose-once.ts';
import { networkInput } from './network-input.ts';
import type { VariantRequest } from './simulate-variant.ts';

/** An npz file, and how many spikes it holds. */
export interface RecordedSpikes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly spikes: number;
  readonly images: number;
}

/**
 * @param count of images, at most as many as the data set has
 * @param options with the weights that are to run, as `simulateVariant` takes them
 */
export function recordSpikes(
  original: SpikingNetwork,
  dataset: Dataset,
  count: number,
  { weights = 'float32', ...given }: SimulateOptions & Pick<VariantRequest, 'weights'>,
): RecordedSpikes {
  const network =
    weights === 'float32' ? original : quantisedToInt8(original, weights === 'int8' ? 'channel' : 'layer');
  const options = chooseOnce(network, dataset, given);
  const images = Math.min(count, dataset.count);
  const events: SpikeEvents[] = [];
  let neurons: number[] = [];
  for (let image = 0; image < images; image++) {
    const input = networkInput(dataset, image, 1, network);
    const result = simulate(network, input, { ...options, record: { spikes: true } });
    events.push(spikeEvents(result, image));
    neurons = result.layers.map((layer) => layer.neurons);
  }
  const all = joinSpikeEvents(events);
  return { bytes: encodeSpikeEvents(all, neurons), spikes: all.sign.length, images };
}
