/** @file A data set from one's own arrays, in one call. */
import { InputError } from '../errors.ts';
import type { Labels } from '../kernels/kernels.ts';
import type { MapShape } from '../nn/architecture.ts';
import { mapSize } from '../nn/architecture.ts';
import { checkDataset, type Dataset, pixelStatistics } from './dataset.ts';

/** What a data set is made of; only images, labels and shape have to be given. */
export interface DatasetParts {
  /** Bytes [count, height, width, channels], channels last. */
  readonly images: Uint8Array<ArrayBufferLike>;
  /** `[count]`: the class of each image, from 0. */
  readonly labels: Labels | readonly number[];
  /** [height, width, channels] of every image. */
  readonly shape: MapShape;
  /** Default: 'own'. */
  readonly name?: string;
  /** Default: as many as there are names, or the largest label and one. */
  readonly classes?: number;
  /** In the order of the labels. Default: none. */
  readonly classNames?: readonly string[];
  /** Of value / 255, per channel. Default: that of these images; test images take those of the training images. */
  readonly mean?: readonly number[];
  /** Default: as `mean`; 1 for a channel that is constant. */
  readonly deviation?: readonly number[];
}

/** Classes at most: labels are 16 bits, and one value stays free. */
export const MAX_CLASSES = 65_535;

/**
 * A data set, checked. Its test set takes mean, deviation and classes of the training set.
 * @throws InputError when lengths disagree, a label is no class, or there is no image or only one class
 * @example
 * const training = createDataset({ images: Uint8Array.of(255, 0, 0, 255), labels: [0, 1], shape: [1, 2, 1] });
 * training.classes; // 2
 * training.mean; // [0.5]
 */
export function createDataset(parts: DatasetParts): Dataset {
  const { images, shape, name = 'own', classNames = [] } = parts;
  const largest = parts.labels.length === 0 ? -1 : highest(parts.labels, name);
  const classes = parts.classes ?? (classNames.length > 0 ? classNames.length : largest + 1);
  if (parts.labels.length === 0)
    throw new InputError(`${name}: expected at least one image, found none; add some`);
  if (shape.length !== 3 || !shape.every((size) => Number.isInteger(size) && size >= 1))
    throw new InputError(`${name}: shape should be [height, width, channels], found [${shape.join(', ')}]`);
  if (!Number.isInteger(classes) || classes < 2 || classes > MAX_CLASSES)
    throw new InputError(`${name}: expected 2 to ${MAX_CLASSES} classes, found ${classes}; check the labels`);
  if (classNames.length > 0 && classNames.length !== classes)
    throw new InputError(`${name}: expected ${classes} names of classes, found ${classNames.length}`);
  const labels = typedLabels(parts.labels, classes);
  const found = parts.mean && parts.deviation ? null : trainingStatistics(images, shape[2]);
  const { mean = found!.mean, deviation = found!.deviation } = parts;
  for (const [field, values] of Object.entries({ mean, deviation }))
    if (values.length !== shape[2] || !values.every((value) => Number.isFinite(value)))
      throw new InputError(
        `${name}: ${field} should be ${shape[2]} finite numbers, one for each channel, found [${values.join(', ')}]`,
      );
  if (deviation.some((value) => value <= 0))
    throw new InputError(`${name}: deviation should be above 0, found [${deviation.join(', ')}]`);
  const count = labels.length;
  if (images.length !== count * mapSize(shape))
    throw new InputError(
      `${name}: ${count} labels for images of ${shape.join('x')} need ${count * mapSize(shape)} bytes, found ${images.length}; give one label for each image`,
    );
  return checkDataset(
    { name, images, labels, count, shape, classes, classNames, mean, deviation, synthetic: false },
    name,
  );
}

/** Mean and deviation per channel; a channel that is constant has the deviation 1, so that it becomes 0 and not NaN. */
export function trainingStatistics(
  images: Uint8Array<ArrayBufferLike>,
  channels: number,
): { mean: number[]; deviation: number[] } {
  const { mean, deviation } = pixelStatistics(images, channels);
  return { mean, deviation: deviation.map((value) => (value < 1e-6 ? 1 : value)) };
}

function highest(labels: ArrayLike<number>, name: string): number {
  let most = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= MAX_CLASSES)
      throw new InputError(
        `${name}: label ${label} of image ${i} should be a whole number from 0 to ${MAX_CLASSES - 1}`,
      );
    most = Math.max(most, label);
  }
  return most;
}

/** Bytes where they suffice. */
export function typedLabels(labels: ArrayLike<number>, classes: number): Labels {
  if (labels instanceof Uint8Array || labels instanceof Uint16Array) return labels;
  return classes > 256 ? Uint16Array.from(labels) : Uint8Array.from(labels);
}
