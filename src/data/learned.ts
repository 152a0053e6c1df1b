/**
 * @file A data set through the eyes of a network: what a network learned of its images, and other images normalised as those were.
 */
import type { LearnedData } from '../nn/learned-data.ts';
import type { Dataset } from './dataset.ts';

/** Fewer images than this say little about their origin. */
export const ENOUGH_IMAGES = 100;

/** Differences of means and deviations, in grey levels of 255, that are worth a word. */
const WORTH_SAYING = 255 * 0.02;

/**
 * What a network that is trained on these images has to know later; give it to `exportNetwork`.
 * @example
 * learnedFrom(dataset).mean; // [0.1134]
 */
export function learnedFrom({ mean, deviation, classNames, classes }: Dataset): LearnedData {
  return { mean, deviation, ...(classNames.length === classes && { classNames }) };
}

/**
 * The same images, normalised as those that the network learned; the data set itself where the network does not say.
 * @example
 * asLearned(dataset, network).mean; // [0.1134]
 */
export function asLearned(dataset: Dataset, { learned }: { readonly learned?: LearnedData }): Dataset {
  if (!learned || learned.mean.length !== dataset.shape[2]) return dataset;
  const { mean, deviation, classNames = dataset.classNames } = learned;
  return { ...dataset, mean, deviation, classNames };
}

/**
 * One line where the images differ in mean or deviation from those that were learned by more than a fiftieth of the range of grey
 * levels; null where they do not.
 * @param found statistics of the images at hand, as `pixelStatistics` gives them
 */
export function differingStatistics(
  found: Pick<LearnedData, 'mean' | 'deviation'>,
  learned: Pick<LearnedData, 'mean' | 'deviation'>,
): string | null {
  const far = (field: 'mean' | 'deviation'): boolean =>
    found[field].some((value, c) => 255 * Math.abs(value - learned[field][c]!) > WORTH_SAYING);
  if (!far('mean') && !far('deviation')) return null;
  const levels = (values: readonly number[]): string =>
    values.map((value) => Math.round(255 * value)).join(', ');
  const words = ({ mean, deviation }: typeof found): string =>
    `mean ${levels(mean)}, deviation ${levels(deviation)}`;
  return `these images are unlike those that the network learned: ${words(found)} of 255 grey levels, learned ${words(learned)}; they are normalised by what was learned`;
}
