/**
 * @file What the demonstration's page shows of single images: some digits, and every spike of one.
 */
import { type Dataset, imageAt } from '../../data/dataset.ts';
import { networkInput } from '../../lab/simulate/simulate-network.ts';
import type { RasterLayer } from '../../report/plot/raster-figure.ts';
import type { GreyImage } from '../../report/svg/image-row.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';

/** The first `count` images with their class. */
export function sampleImages(dataset: Dataset, count: number): GreyImage[] {
  const [height, width, channels] = dataset.shape;
  return Array.from({ length: Math.min(count, dataset.count) }, (_, i) => {
    const bytes = imageAt(dataset, i);
    return {
      height,
      width,
      pixels: Array.from({ length: height * width }, (_, p) => bytes[p * channels]! / 255),
      caption: dataset.classNames[dataset.labels[i]!] ?? '',
    };
  });
}

/** Every spike of one image over T steps. */
export function imageSpikes(
  network: SpikingNetwork,
  dataset: Dataset,
  index: number,
  steps: number,
): RasterLayer[] {
  const { record, layers } = simulate(network, networkInput(dataset, index, 1, network), {
    steps,
    schedule: 'layered',
    record: { spikes: true },
  });
  return record.flatMap(({ name, spikes }, l) => {
    if (!spikes) return [];
    const { neurons } = layers[l]!;
    const found: [number, number, -1 | 1][] = [];
    spikes.forEach((s, at) => {
      if (s !== 0) found.push([Math.floor(at / neurons) + 1, at % neurons, s > 0 ? 1 : -1]);
    });
    return [{ name, neurons, spikes: found }];
  });
}
