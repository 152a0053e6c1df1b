/**
 * @file Finds a data set by name: drawn here (strokes), or read from a directory laid out as its publisher does.
 */
import { join } from 'node:path';
import process from 'node:process';
import { readCifar10 } from '../data/cifar.ts';
import { type Dataset, take } from '../data/dataset.ts';
import { FASHION_MNIST, MNIST, type MnistKind, type NamedBytes, readMnist } from '../data/mnist.ts';
import { drawStrokes } from '../data/strokes.ts';
import { InputError, UsageError } from '../errors.ts';
import { isFile, readBytes } from './files.ts';

export type DatasetName = 'strokes' | 'mnist' | 'fashion-mnist' | 'cifar-10';
export type Split = 'train' | 'test';

export const DATASET_NAMES: readonly DatasetName[] = ['strokes', 'mnist', 'fashion-mnist', 'cifar-10'];

/** How many digits `strokes` draws without a limit. */
export const STROKES_COUNT: Readonly<Record<Split, number>> = { train: 8000, test: 2000 };

export interface OpenOptions {
  /** Looked in first. */
  readonly directory?: string | undefined;
  /** Of the drawn digits; other sets have none. */
  readonly seed?: number | undefined;
  /** The first so many images only. Of `strokes`, exactly so many are drawn. */
  readonly limit?: number | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/** Where data sets are looked for, in order. */
export function dataDirectories(directory?: string): string[] {
  const named = [directory, process.env.STRELU_DATASETS, 'datasets'];
  return named.filter((path): path is string => path !== undefined && path !== '');
}

/**
 * @throws InputError when the set is nowhere (saying where it looked and what to run) or its files are damaged
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

/** All of the files, gzipped or not, from the first directory that has them all. */
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
