/**
 * @file The images that a network is tried on, and those that it is calibrated on, as its provenance names them and as it learned to
 * see them.
 */
import { type Dataset, pixelStatistics } from '../data/dataset.ts';
import { differingStatistics, ENOUGH_IMAGES } from '../data/learned.ts';
import { InputError } from '../errors.ts';
import { type DatasetSource, isDatasetSource, ownSource } from '../io/dataset-names.ts';
import { openDataset, type Split } from '../io/open-dataset.ts';
import type { KnownData, OpenOptions } from '../io/open-options.ts';
import type { MapShape } from '../nn/architecture.ts';
import type { LearnedData } from '../nn/learned-data.ts';
import { type DataWords, NO_DATA_WORDS, openOptionsOf } from './data-words.ts';
import { learnedWords, sharedImages } from './learned-words.ts';

export interface NetworkDataset {
  readonly dataset: Dataset;
  readonly name: DatasetSource;
  readonly seed: number;
}

/** What of a network, trained or spiking, decides how images are read. */
export interface Learner {
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly learned?: LearnedData | undefined;
  readonly input?: MapShape | undefined;
  readonly classes?: number | undefined;
}

export interface NetworkDatasetRequest {
  /** Null: the data set that the network learned. */
  readonly name?: DatasetSource | null | undefined;
  /** How one's own images are read, as far as it is said; the rest is the network's. */
  readonly words?: DataWords | undefined;
  /** Seed of drawn images; null: the one that the network was trained with, or else 1. */
  readonly seed?: number | null | undefined;
  /** Only the first images; null: all. */
  readonly limit?: number | null | undefined;
  /** Where data sets are looked for first. */
  readonly directory?: string | null | undefined;
  /** Threads that decode pictures beside the calling one. Default: by the cores of the machine. */
  readonly decoders?: number | undefined;
  /** Told how the images differ from those that were learned, and what was passed over. */
  readonly note?: ((line: string) => void) | undefined;
}

/**
 * The images are normalised as the network learned it, unless the request says otherwise.
 * @throws InputError when neither the request nor the provenance names a data set, or it cannot be found
 */
export async function openNetworkDataset(
  { provenance, learned, input, classes }: Learner,
  split: Split,
  {
    name = null,
    words = NO_DATA_WORDS,
    seed = null,
    limit,
    directory,
    decoders,
    note,
  }: NetworkDatasetRequest = {},
): Promise<NetworkDataset> {
  const chosen = name ?? learnedDataset(provenance);
  if (!chosen)
    throw new InputError(
      'data set: expected a name, or the one that the network learned, found neither in its provenance; name one, or train it again',
    );
  const own = typeof provenance.seed === 'number' ? provenance.seed : 1;
  const used = openOptionsOf(learnedWords(provenance, chosen, words));
  // The seed that divided the images is the network's for good: another would put training images among the test images.
  const drawn = used.split !== undefined && words.split === null ? own : (seed ?? own);
  const known = knownOf({ learned, input, classes }, used);
  const dataset = await openDataset(chosen, split, {
    ...used,
    directory: directory ?? undefined,
    seed: drawn,
    limit: limit ?? undefined,
    learned: known,
    decoders,
    ...(note && ownSource(chosen) && { log: note }),
  });
  const shared =
    split === 'test' ? sharedImages(provenance, chosen, { split: used.split, seed: drawn }) : null;
  if (shared !== null) note?.(`${chosen}: ${shared}`);
  if (note && learned && !dataset.synthetic && learned.mean.length === dataset.shape[2]) {
    const found = pixelStatistics(dataset.images, dataset.shape[2]);
    const difference = dataset.count < ENOUGH_IMAGES ? null : differingStatistics(found, dataset);
    if (difference !== null) note(`${chosen}: ${difference}`);
    const names = learned.classNames;
    if (names && dataset.classNames.length === names.length && dataset.classNames.join() !== names.join())
      note(
        `${chosen}: classes are called ${dataset.classNames.slice(0, 5).join(', ')}..., the network learned ${names.slice(0, 5).join(', ')}...`,
      );
  }
  return { dataset, name: chosen, seed: drawn };
}

/** What is known of the images before they are read: as the network learned it, or as it is said of one that does not say. */
function knownOf(
  { learned, input, classes }: Omit<Learner, 'provenance'>,
  { mean, deviation }: Partial<OpenOptions>,
): KnownData | undefined {
  const said = mean && deviation && mean.length === input?.[2] ? { mean, deviation } : undefined;
  const statistics = learned ?? said;
  return statistics && { ...statistics, ...(input && { shape: input }), ...(classes && { classes }) };
}

/** The data set that a network learned, as its provenance says. */
export function learnedDataset(provenance: Readonly<Record<string, unknown>>): DatasetSource | undefined {
  const { dataset } = provenance;
  return typeof dataset === 'string' && isDatasetSource(dataset) ? dataset : undefined;
}
