/**
 * @file The digits that the demonstration's page shows.
 */
import { type Dataset, imageAt } from '../../data/dataset.ts';
import type { GreyImage } from '../../report/svg/image-row.ts';

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
