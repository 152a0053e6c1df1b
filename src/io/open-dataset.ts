/**
 * @file Opens a data set: it is drawn (strokes), read from a directory that has its publisher's files, or from a place of one's own.
 */
import { join } from 'node:path';
import { type Cifar100Labels, readCifar10, readCifar100 } from '../data/cifar.ts';
import { type Dataset, take } from '../data/dataset.ts';
import { type EmnistDivision, readEmnist } from '../data/emnist.ts';
import { FASHION_MNIST, KMNIST, MNIST, type MnistKind, type NamedBytes, readMnist } from '../data/mnist.ts';
import { InputError, UsageError } from '../errors.ts';
import {
  DATASET_NAMES,
  type DatasetName,
  type DatasetSource,
  isDatasetSource,
  type OwnSource,
  ownSource,
  SOURCE_WORDS,
} from './dataset-names.ts';
import { DATASET_FOLDERS, dataDirectories } from './dataset-places.ts';
import { isFile, readBytes } from './files.ts';
import type { OpenOptions, Split } from './open-options.ts';
import { openStrokes } from './open-strokes.ts';
import { openOwn } from './own/open-own.ts';
import { refuseByteScale } from './refuse-byte-scale.ts';

export { DATASET_NAMES, type DatasetName, type DatasetSource } from './dataset-names.ts';
export { dataDirectories } from './dataset-places.ts';
export type { OpenOptions, Split } from './open-options.ts';

/** How many digits of `strokes` are drawn where no limit is given. */
export const STROKES_COUNT: Readonly<Record<Split, number>> = { train: 8000, test: 2000 };

/**
 * Opens the training or the test images of a data set.
 * @param source a name; `folder:DIR`, `idx:DIR`, `npz:FILE` or `csv:FILE` for images of one's own
 * @throws InputError when the set is in none of the directories (the message names them), or its files are damaged
 * @throws UsageError for an unknown name, a limit below 1, or an option that would change nothing
 * @example
 * const test = await openDataset('strokes', 'test', { limit: 100 });
 * // const pictures = await openDataset('folder:leaves', 'train', { size: [32, 32], split: 0.9 });
 */
export async function openDataset(
  source: DatasetSource,
  split: Split,
  options: OpenOptions = {},
): Promise<Dataset> {
  const { seed = 1, limit, log } = options;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw new UsageError(`limit: expected a positive whole number of images, found ${limit}`);
  }
  const own = ownSource(source) !== null;
  const opened = own
    ? await openOwn(source as OwnSource, split, options)
    : withStatistics(await openNamed(source, split, options), options);
  log?.(`${source} ${split}: ${opened.count} images${opened.synthetic ? ` (synthetic, seed ${seed})` : ''}`);
  return limit === undefined ? opened : take(opened, limit);
}

async function openNamed(source: DatasetSource, split: Split, options: OpenOptions): Promise<Dataset> {
  const useless = (['split', 'size', 'channels', 'names'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (useless)
    throw new UsageError(`${useless}: would change nothing for ${source}; it is for ${SOURCE_WORDS}`);
  const { seed = 1, limit } = options;
  const [family, variant] = source.split(':', 2) as [string, string?];
  switch (family) {
    case 'strokes':
      if (variant === undefined) return openStrokes({ count: limit ?? STROKES_COUNT[split], seed, split });
      break;
    case 'mnist':
      if (variant === undefined) return openMnist(MNIST, 'mnist', split, options);
      break;
    case 'fashion-mnist':
      if (variant === undefined) return openMnist(FASHION_MNIST, 'fashion-mnist', split, options);
      break;
    case 'kmnist':
      if (variant === undefined) return openMnist(KMNIST, 'kmnist', split, options);
      break;
    case 'cifar-10':
      if (variant === undefined) return openCifar10(split, options);
      break;
    case 'cifar-100':
      if (variant === undefined || variant === 'fine' || variant === 'coarse')
        return openCifar100(variant ?? 'fine', split, options);
      break;
    case 'emnist':
      if (variant === undefined) return openEmnist('balanced', split, options);
      if (!isDatasetSource(source)) throw unknown(source);
      return openEmnist(variant as EmnistDivision, split, options);
  }
  throw unknown(source);
}

const unknown = (source: string): UsageError =>
  new UsageError(`dataset: ${source} is unknown; there are ${DATASET_NAMES.join(', ')}, ${SOURCE_WORDS}`);

/** Statistics that are given, or that were learned, instead of the set's own. */
function withStatistics(dataset: Dataset, { mean, deviation, learned }: OpenOptions): Dataset {
  refuseByteScale({ mean, deviation });
  const known = learned && learned.mean.length === dataset.shape[2] ? learned : dataset;
  const own = { mean: mean ?? known.mean, deviation: deviation ?? known.deviation };
  for (const [field, values] of Object.entries(own))
    if (values.length !== dataset.shape[2])
      throw new UsageError(
        `${field}: expected ${dataset.shape[2]} numbers for the channels of ${dataset.name}, found ${values.length}`,
      );
  return { ...dataset, ...own };
}

/** The set, with the statistics of its training images where the publisher's are not known. */
async function withTraining(
  split: Split,
  options: OpenOptions,
  open: (part: Split) => Promise<Dataset>,
): Promise<Dataset> {
  const dataset = await open(split);
  if (split === 'train' || options.learned || (options.mean && options.deviation)) return dataset;
  const { mean, deviation } = await open('train');
  return { ...dataset, mean, deviation };
}

async function openMnist(
  kind: MnistKind,
  name: 'mnist' | 'fashion-mnist' | 'kmnist',
  split: Split,
  options: OpenOptions,
): Promise<Dataset> {
  const open = async (part: Split): Promise<Dataset> => {
    const prefix = part === 'train' ? 'train' : 't10k';
    const wanted = [`${prefix}-images-idx3-ubyte`, `${prefix}-labels-idx1-ubyte`];
    const [images, labels] = await findFiles(name, wanted, options);
    return readMnist(kind, images!, labels!);
  };
  return kind.statistics ? open(split) : withTraining(split, options, open);
}

const openEmnist = (division: EmnistDivision, split: Split, options: OpenOptions): Promise<Dataset> =>
  withTraining(split, options, async (part) => {
    const wanted = ['images-idx3', 'labels-idx1'].map((what) => `emnist-${division}-${part}-${what}-ubyte`);
    const [images, labels] = await findFiles('emnist', wanted, options);
    return readEmnist(division, images!, labels!);
  });

async function openCifar10(split: Split, options: OpenOptions): Promise<Dataset> {
  const wanted = split === 'train' ? [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`) : ['test_batch.bin'];
  return readCifar10(await findFiles('cifar-10', wanted, options));
}

const openCifar100 = (labels: Cifar100Labels, split: Split, options: OpenOptions): Promise<Dataset> =>
  withTraining(split, options, async (part) =>
    readCifar100(await findFiles('cifar-100', [`${part}.bin`], options), labels),
  );

/** The bytes of all files, gzipped or not, from the first directory that has them all. */
async function findFiles(
  dataset: DatasetName,
  wanted: readonly string[],
  options: OpenOptions,
): Promise<NamedBytes[]> {
  const folders = DATASET_FOLDERS[dataset];
  const tried: string[] = [];
  for (const root of dataDirectories(options.directory)) {
    for (const folder of folders) {
      const directory = join(root, folder);
      const paths: string[] = [];
      let missing: string | undefined;
      for (const file of wanted) {
        const path = await firstFile(directory, file);
        if (path !== null) paths.push(path);
        else missing ??= file;
      }
      if (missing === undefined) {
        return Promise.all(paths.map(async (path) => ({ name: path, bytes: await readBytes(path) })));
      }
      if (paths.length > 0) tried.push(`${directory} (lacks ${missing})`);
      else if (folder === folders[0]) tried.push(directory);
    }
  }
  throw new InputError(
    `${dataset}: not found in ${tried.join(', ')}; download it, or name the directory that has it (STRELU_DATASETS)`,
    { code: 'dataset-missing' },
  );
}

/** The file as it is or gzipped, also with a dot before `idx`, as some mirrors have it. */
async function firstFile(directory: string, file: string): Promise<string | null> {
  const dotted = file.replace('-idx', '.idx');
  for (const name of new Set([file, `${file}.gz`, dotted, `${dotted}.gz`]))
    if (await isFile(join(directory, name))) return join(directory, name);
  return null;
}
