/**
 * @file Labelled images as bytes, the one form in which every reader hands them on. Bytes stay bytes until a batch is
 * filled (batches.ts): a quarter of the memory, and augmentation works on what the publisher wrote.
 */
import { InputError, UsageError } from '../errors.ts';
import type { Labels } from '../kernels/kernels.ts';
import { type MapShape, mapSize } from '../nn/architecture.ts';

/**
 * Labelled images. `checkDataset` says whether the parts of one fit each other.
 * @example
 * const mine = {
 *   ...{ name: 'two dots', shape: [1, 2, 1], classes: 2, classNames: ['left', 'right'], synthetic: true },
 *   ...{ images: Uint8Array.of(255, 0, 0, 255), labels: Uint8Array.of(0, 1), count: 2 },
 *   ...pixelStatistics(Uint8Array.of(255, 0, 0, 255), 1),
 * };
 * checkDataset(mine, 'two dots').mean; // [0.5]
 */
export interface Dataset {
  readonly name: string;
  /** [count, height, width, channels], channels last. */
  readonly images: Uint8Array<ArrayBufferLike>;
  /** [count], each below `classes`. */
  readonly labels: Labels;
  /** Number of images. */
  readonly count: number;
  /** [height, width, channels] of every image. */
  readonly shape: MapShape;
  /** Number of classes. */
  readonly classes: number;
  /** [classes], in the order of the labels. */
  readonly classNames: readonly string[];
  /** Of value / 255 over the training images, per channel: networks are given (value / 255 - mean) / deviation. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** True when the images were drawn by a program. */
  readonly synthetic: boolean;
}

/**
 * The bytes of image `index`, [height, width, channels]: a view, not a copy.
 * @throws UsageError when the data set has no such image
 * @example
 * imageAt(dataset, 3).length; // 784
 */
export function imageAt(dataset: Dataset, index: number): Uint8Array<ArrayBufferLike> {
  const { count, name, shape } = dataset;
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new UsageError(`image: expected an index from 0 to ${count - 1} of ${name}, found ${index}`);
  const size = mapSize(shape);
  return dataset.images.subarray(index * size, (index + 1) * size);
}

/**
 * The first `limit` images, as a view; the data set itself when it has no more.
 * @throws UsageError when the limit is no whole number >= 0
 * @example
 * take(dataset, 5).count; // 5
 */
export function take(dataset: Dataset, limit: number): Dataset {
  if (!(limit >= 0) || (!Number.isInteger(limit) && limit !== Number.POSITIVE_INFINITY))
    throw new UsageError(`limit: expected a whole number of images >= 0, found ${limit}`);
  if (limit >= dataset.count) return dataset;
  return {
    ...dataset,
    images: dataset.images.subarray(0, limit * mapSize(dataset.shape)),
    labels: dataset.labels.subarray(0, limit),
    count: limit,
  };
}

/**
 * The data set itself, once it is known that its parts fit each other.
 * @param source the file to blame
 * @throws InputError when lengths disagree or a label names no class
 * @example
 * checkDataset({ ...dataset, name: 'mine' }, 'mine.bin').count; // 20
 */
export function checkDataset(dataset: Dataset, source: string): Dataset {
  const { labels, count, classes } = dataset;
  checkImageBytes(dataset, source);
  if (labels.length !== count) {
    throw new InputError(
      `${source}: ${labels.length} labels for ${count} images; the two files belong to different sets`,
    );
  }
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new InputError(
      `${source}: label ${labels[wrong]} of image ${wrong} is not below ${classes}; download it again`,
    );
  }
  return dataset;
}

/** @throws InputError when the bytes of its images are more or fewer than its shape and count say */
export function checkImageBytes({ images, count, shape }: Dataset, source: string): void {
  if (images.length !== count * mapSize(shape))
    throw new InputError(
      `${source}: ${count} images of ${shape.join('x')} take ${count * mapSize(shape)} bytes, found ${images.length}; download it again`,
    );
}

/**
 * Mean and standard deviation of value / 255, per channel.
 * @param images any number of pixels, channels last
 * @example
 * pixelStatistics(Uint8Array.of(0, 255), 1); // { mean: [0.5], deviation: [0.5] }
 */
export function pixelStatistics(
  images: Uint8Array<ArrayBufferLike>,
  channels: number,
): { mean: number[]; deviation: number[] } {
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let i = 0, c = 0; i < images.length; i++, c = c + 1 === channels ? 0 : c + 1) {
    const value = images[i]!;
    sum[c] = sum[c]! + value;
    squares[c] = squares[c]! + value * value;
  }
  const n = Math.max(1, images.length / channels);
  const mean = [...sum].map((total) => total / n / 255);
  const deviation = [...squares].map((total, c) => Math.sqrt(Math.max(0, total / n / 65025 - mean[c]! ** 2)));
  return { mean, deviation };
}
