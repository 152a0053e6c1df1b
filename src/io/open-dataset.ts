/**
 * @file Opens a data set by name: it is drawn (strokes), or read from a directory that has its publisher's files.
 */
import { join } from 'node:path';
import { readCifar10 } from '../data/cifar.ts';
import { type Dataset, take } from '../data/dataset.ts';
import { FASHION_MNIST, MNIST, type MnistKind, type NamedBytes, readMnist } from '../data/mnist.ts';
import { drawStrokes } from '../data/strokes.ts';
import { InputError, UsageError } from '../errors.ts';
import { environment } from '../platform/environment.ts';
import { isFile, readBytes } from './files.ts';

/** The data sets that can be opened by name. */
export type DatasetName = 'strokes' | 'mnist' | 'fashion-mnist' | 'cifar-10';
/** Every data set has images to train with and others to test with. */
export type Split = 'train' | 'test';

/**
 * All names of data sets.
 * @example
 * DATASET_NAMES.includes('mnist'); // true
 */
export const DATASET_NAMES: readonly DatasetName[] = ['strokes', 'mnist', 'fashion-mnist', 'cifar-10'];

/** How many digits of `strokes` are drawn where no limit is given. */
export const STROKES_COUNT: Readonly<Record<Split, number>> = { train: 8000, test: 2000 };

/** Where to look for a data set, and how much of it to take. */
export interface OpenOptions {
  /** The directory that is looked in first; then that of the environment variable STRELU_DATASETS, then datasets/. */
  readonly directory?: string | undefined;
  /** The seed that digits are drawn from; other data sets have none. Default: 1. */
  readonly seed?: number | undefined;
  /** Only this many images, the first of the set; of `strokes`, this many are drawn. Default: all, or STROKES_COUNT. */
  readonly limit?: number | undefined;
  /** Called with one line that says what was opened. */
  readonly log?: ((line: string) => void) | undefined;
}

/** The directories in which data sets are looked for, in order. */
export function dataDirectories(directory?: string): string[] {
  const named = [directory, environment('STRELU_DATASETS'), 'datasets'];
  return named.filter((path): path is string => path !== undefined && path !== '');
}

/**
 * Opens the training or the test images of a data set.
 * @throws InputError when the set is in none of the directories (the message names them), or its files are damaged
 * @throws UsageError for an unknown name, or a limit below 1
 * @example
 * const test = await openDataset('strokes', 'test', { limit: 100 });
 */
export async function openDataset(
  name: DatasetName,
  split: Split,
  options: OpenOptions = {},
): Promise<Dataset> {
  const { seed = 1, limit, log } = options;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw new UsageError(`limit: expected a positive whole number of images, found ${limit}`);
  }
  const open = async (): Promise<Dataset> => {
    switch (name) {
      case 'strokes':
        return drawStrokes({ count: limit ?? STROKES_COUNT[split], seed, split });
      case 'mnist':
        return openMnist(MNIST, split, options);
      case 'fashion-mnist':
        return openMnist(FASHION_MNIST, split, options);
      case 'cifar-10':
        return openCifar10(split, options);
      default:
        throw new UsageError(`dataset: ${String(name)} is unknown; there are ${DATASET_NAMES.join(', ')}`);
    }
  };
  const dataset = await open();
  log?.(`${name} ${split}: ${dataset.count} images${dataset.synthetic ? ` (synthetic, seed ${seed})` : ''}`);
  return limit === undefined ? dataset : take(dataset, limit);
}

async function openMnist(kind: MnistKind, split: Split, options: OpenOptions): Promise<Dataset> {
  const prefix = split === 'train' ? 'train' : 't10k';
  const wanted = [`${prefix}-images-idx3-ubyte`, `${prefix}-labels-idx1-ubyte`];
  const [images, labels] = await findFiles(kind.name, kind.name, wanted, options);
  return readMnist(kind, images!, labels!);
}

async function openCifar10(split: Split, options: OpenOptions): Promise<Dataset> {
  const wanted = split === 'train' ? [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`) : ['test_batch.bin'];
  return readCifar10(await findFiles('cifar-10', 'cifar-10-batches-bin', wanted, options));
}

/** The bytes of all files, gzipped or not, from the first directory that has them all. */
async function findFiles(
  dataset: string,
  folder: string,
  wanted: readonly string[],
  options: OpenOptions,
): Promise<NamedBytes[]> {
  const tried: string[] = [];
  for (const root of dataDirectories(options.directory)) {
    const directory = join(root, folder);
    const paths: string[] = [];
    let missing: string | undefined;
    for (const file of wanted) {
      const path = join(directory, file);
      if (await isFile(path)) paths.push(path);
      else if (await isFile(`${path}.gz`)) paths.push(`${path}.gz`);
      else missing ??= file;
    }
    if (missing === undefined) {
      return Promise.all(paths.map(async (path) => ({ name: path, bytes: await readBytes(path) })));
    }
    tried.push(paths.length > 0 ? `${directory} (lacks ${missing})` : directory);
  }
  throw new InputError(
    `${dataset}: not found in ${tried.join(', ')}; download it, or name the directory that has it (STRELU_DATASETS)`,
    { code: 'dataset-missing' },
  );
}
