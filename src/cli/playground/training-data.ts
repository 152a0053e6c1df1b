/**
 * @file Images to learn from in the page, of the data sets that this machine has: the first of each, as an npz file. They are read when
 * they are asked for.
 */
import { encodeNpz, type ShapedArray } from '../../data/encode-npz.ts';
import { InputError } from '../../errors.ts';
import type { DatasetName } from '../../io/dataset-names.ts';
import { openDataset } from '../../io/open-dataset.ts';

/** Sets in MNIST's format: small grey pictures that a page learns in seconds. */
export const TRAINED_IN_PAGE: readonly DatasetName[] = ['mnist', 'fashion-mnist', 'kmnist'];

/** How many images of a data set the page gets. */
export const PAGE_IMAGES = { train: 5000, test: 1000 } as const;

const open = (name: DatasetName, part: 'train' | 'test', limit: number, directory: string | null) =>
  openDataset(name, part, { limit, ...(directory !== null && { directory }) });

/** Whether this machine has the images. */
export async function hasTrainingData(name: DatasetName, directory: string | null): Promise<boolean> {
  try {
    await open(name, 'test', 1, directory);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** x_train, y_train, x_test and y_test. @throws InputError when the files have gone since */
export async function trainingData(
  name: DatasetName,
  directory: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const arrays = new Map<string, ShapedArray>();
  for (const part of ['train', 'test'] as const) {
    const { images, labels, count, shape } = await open(name, part, PAGE_IMAGES[part], directory);
    arrays.set(`x_${part}`, { shape: [count, ...shape], data: Uint8Array.from(images) });
    arrays.set(`y_${part}`, { shape: [count], data: Uint8Array.from(labels) });
  }
  return encodeNpz(arrays);
}
