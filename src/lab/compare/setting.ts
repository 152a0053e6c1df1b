/**
 * @file What all parts of one comparison share: the data, the threads, the cache, and where progress is reported.
 */
import type { Dataset } from '../../data/dataset.ts';
import type { DatasetSource } from '../../io/dataset-names.ts';
import { openDataset } from '../../io/open-dataset.ts';
import type { Progress } from '../../progress.ts';
import type { KernelSet, Runtime } from '../../runtime.ts';
import type { EngineName } from '../../snn/simulation.ts';
import { type DataWords, openOptionsOf } from '../data-words.ts';
import type { Cache } from './cache.ts';

export interface Setting {
  readonly dataset: DatasetSource;
  /** How images of one's own are read. */
  readonly words: DataWords;
  /** The images that every contender sees. */
  readonly test: Dataset;
  /** `datasetDigest` of them. */
  readonly testDigest: string;
  /** Where data sets are looked for first. */
  readonly directory: string | undefined;
  readonly seed: number;
  readonly kernels: KernelSet;
  readonly runtime: Runtime;
  readonly cache: Cache;
  readonly progress: Progress;
}

/**
 * The engine that simulates a comparison: matrix products, as with 256 steps and networks that spike at most of them products are
 * faster than events.
 */
export const engineOf = ({ kernels }: Setting): EngineName => (kernels === 'simd' ? 'products' : 'events');

/** The first images of the training set. */
export function trainingImages(setting: Setting, count: number): Promise<Dataset> {
  const { dataset, words, directory, seed } = setting;
  return openDataset(dataset, 'train', {
    ...openOptionsOf(words),
    ...{ directory, seed, limit: count, decoders: setting.runtime.team.lanes - 1 },
  });
}
