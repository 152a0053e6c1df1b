/** @file Training and test images together; what the training images say of classes and normalisation holds for the test images. */
import type { Dataset } from '../data/dataset.ts';
import { learnedFrom } from '../data/learned.ts';
import type { DatasetSource } from './dataset-names.ts';
import { openDataset } from './open-dataset.ts';
import type { OpenOptions } from './open-options.ts';

/** As for one part; the test images may have a limit of their own. */
export interface OpenBothOptions extends OpenOptions {
  /** Only this many test images. Default: all. */
  readonly testLimit?: number | undefined;
}

/** The images to train with and those to test with. */
export interface TrainAndTest {
  readonly train: Dataset;
  readonly test: Dataset;
}

/**
 * Opens both parts of a data set.
 * @throws InputError, UsageError as `openDataset`, and when the test images have another shape or class than the training images
 * @example
 * const { train, test } = await openDatasets('strokes', { limit: 20, testLimit: 10 });
 * train.mean === test.mean; // true
 */
export async function openDatasets(
  source: DatasetSource,
  { testLimit, ...options }: OpenBothOptions = {},
): Promise<TrainAndTest> {
  const train = await openDataset(source, 'train', options);
  const { shape, classes } = train;
  const learned = { ...learnedFrom(train), shape, classes };
  return { train, test: await openDataset(source, 'test', { ...options, limit: testLimit, learned }) };
}

/**
 * Class folders of PNG and JPEG files: `path`/train/CLASS and `path`/test/CLASS, or `path`/CLASS with a split. Classes come in the
 * order of their names. Needs the packages fast-png and jpeg-js, whichever the pictures are.
 * @throws InputError naming the file that is broken, of another size, no picture, or a link out of the folder; nothing is half read
 * @example
 * // const { train, test } = await readFolder('leaves', { split: 0.9, size: [32, 32] });
 */
export const readFolder = (path: string, options: OpenBothOptions = {}): Promise<TrainAndTest> =>
  openDatasets(`folder:${path}`, options);

/**
 * IDX files, gzipped or not, as MNIST, EMNIST and torchvision call them: in `path`, `path`/raw or `path`/NAME/raw.
 * @throws InputError naming the file that is missing, damaged, or whose labels are no classes
 * @example
 * // const { train, test } = await readIdxFolder('data/MNIST');
 */
export const readIdxFolder = (path: string, options: OpenBothOptions = {}): Promise<TrainAndTest> =>
  openDatasets(`idx:${path}`, options);

/**
 * Arrays x_train, y_train, x_test and y_test of an npz file (or `names`): images of bytes [count, height, width] or with channels
 * last, labels from 0.
 * @throws InputError naming the array that is missing, of another kind or of another shape
 * @example
 * // const { train, test } = await readNpz('digits.npz', { split: 0.8 });
 */
export const readNpz = (path: string, options: OpenBothOptions = {}): Promise<TrainAndTest> =>
  openDatasets(`npz:${path}`, options);

/**
 * A CSV file with a label and the values of the pixels on each line (`decodeCsv` says how), to be split; or a folder with two of them
 * whose names have `train` and `test` in them. Pictures are square unless `size` says otherwise; values of coloured ones come pixel by
 * pixel. Labels that are no whole numbers are names of classes.
 * @throws InputError naming line and column of what is wrong
 * @example
 * // const { train, test } = await readCsv('digits.csv', { split: 0.8 });
 */
export const readCsv = (path: string, options: OpenBothOptions = {}): Promise<TrainAndTest> =>
  openDatasets(`csv:${path}`, options);
