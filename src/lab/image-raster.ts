/**
 * @file The spikes of one image, layer by layer; of a large layer a drawn sample of neurons stands for all.
 */
import type { Dataset } from '../data/dataset.ts';
import { mapSize } from '../nn/architecture.ts';
import { Random } from '../random/random.ts';
import type { Raster } from '../report/raster.ts';
import type { SpikingNetwork } from '../snn/network.ts';
import { simulate } from '../snn/simulate.ts';
import type { SimulateOptions } from '../snn/simulation.ts';
import { chooseOnce } from './simulate/choose-once.ts';
import { networkInput } from './simulate/network-input.ts';

export interface RasterRequest extends Omit<SimulateOptions, 'record' | 'stop' | 'onProgress'> {
  /** Neurons of a layer that are shown at most. Default: all. */
  readonly most?: number;
  /** Draws them. Default: 1. */
  readonly seed?: number;
}

/** @param image its index in the data set */
export function imageRaster(
  network: SpikingNetwork,
  dataset: Dataset,
  image: number,
  { most = Number.POSITIVE_INFINITY, seed = 1, ...given }: RasterRequest,
): Raster {
  const options = chooseOnce(network, dataset, given);
  const { steps } = options;
  const input = networkInput(dataset, image, 1, network);
  const { record } = simulate(network, input, { ...options, record: { spikes: true } });
  const layers = network.layers.slice(0, -1).map(({ name, shape }, l) => {
    const neurons = mapSize(shape);
    const shown = sample(neurons, most, Random.seeded(seed).fork(`raster ${name}`));
    const all = record[l]!.spikes!;
    const spikes: [number, number, number][] = [];
    for (let t = 0; t < steps; t++)
      shown.forEach((i, row) => {
        const s = all[t * neurons + i]!;
        if (s !== 0) spikes.push([t + 1, row, s]);
      });
    return { name, neurons: shown.length, spikes };
  });
  return { image, steps, layers };
}

/** Indices in rising order: all, or `most` drawn without replacement. */
function sample(count: number, most: number, random: Random): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (count <= most) return all;
  return random
    .shuffle(all)
    .slice(0, most)
    .sort((a, b) => a - b);
}
