/**
 * @file The spikes of one image, layer by layer; of a large layer a drawn sample of neurons stands for all.
 */

import { mapSize } from '../../nn/architecture.ts';
import { Random } from '../../random/random.ts';
import type { ComparisonRaster } from '../../report/comparison.ts';
import { simulate } from '../../snn/simulate.ts';
import { networkInput } from '../simulate/simulate-network.ts';
import type { NetworkFile } from '../training/network-file.ts';
import type { Contender } from './contenders.ts';
import { convertFor } from './measure.ts';
import type { Setting } from './setting.ts';

export const RASTER_STEPS = 16;
/** Rows of a layer: with every neuron firing at every step some 2,000 spikes. */
export const RASTER_NEURONS = 128;

export async function rasterOf(
  setting: Setting,
  contender: Contender,
  file: NetworkFile,
  image: number,
): Promise<ComparisonRaster> {
  const { runtime, kernels, test, seed } = setting;
  const { schedule } = contender;
  const { snn } = await convertFor(setting, contender, file);
  const steps = RASTER_STEPS;
  const record = { spikes: true };
  const input = networkInput(test, image, 1, snn);
  const result = simulate(snn, input, { steps, schedule, kernels, runtime, record });
  const layers = snn.layers.slice(0, -1).map(({ name, shape }, l) => {
    const neurons = mapSize(shape);
    const shown = sample(neurons, Random.seeded(seed).fork(`raster ${name}`));
    const all = result.record[l]!.spikes!;
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

/** Indices in rising order: all, or so many drawn without replacement. */
function sample(count: number, random: Random): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (count <= RASTER_NEURONS) return all;
  return random
    .shuffle(all)
    .slice(0, RASTER_NEURONS)
    .sort((a, b) => a - b);
}
