/**
 * @file A part of one's own images as a data set: its classes and its normalisation found, from the training images unless they are known.
 */
import { createDataset, trainingStatistics } from '../../data/create-dataset.ts';
import type { Dataset } from '../../data/dataset.ts';
import { InputError } from '../../errors.ts';
import type { MapShape } from '../../nn/architecture.ts';
import type { OpenOptions, Split } from '../open-options.ts';
import { refuseByteScale } from '../refuse-byte-scale.ts';
import type { OwnImages, OwnSet } from './own-set.ts';

/**
 * @param name of the data set
 * @throws InputError as the set does, and for images of another shape than those that were learned
 */
export async function ownDataset(
  name: string,
  set: OwnSet,
  split: Split,
  options: OpenOptions,
): Promise<Dataset> {
  const { learned, limit } = options;
  const own = await set.read(split, limit);
  const statistics = await statisticsOf(set, split, own, options);
  const shape = learned?.shape ?? statistics.shape;
  if (shape) checkShape(own, shape);
  const classNames = learned?.classNames ?? set.classNames;
  const classes = learned?.classes ?? (classNames.length > 0 ? classNames.length : await set.classes());
  const { mean, deviation } = statistics;
  const { images, labels } = own;
  return createDataset({ name, images, labels, shape: own.shape, classes, classNames, mean, deviation });
}

/** Mean and deviation as they are known, or as the training images have them; then their shape is known too. */
async function statisticsOf(
  set: OwnSet,
  split: Split,
  own: OwnImages,
  { learned, mean, deviation }: OpenOptions,
): Promise<Pick<Dataset, 'mean' | 'deviation'> & Partial<Pick<Dataset, 'shape'>>> {
  refuseByteScale({ mean, deviation });
  if (mean && deviation) return { mean, deviation };
  if (learned) return { mean: mean ?? learned.mean, deviation: deviation ?? learned.deviation };
  const training = split === 'train' ? own : await set.read('train', undefined);
  const found = trainingStatistics(training.images, training.shape[2]);
  return { mean: mean ?? found.mean, deviation: deviation ?? found.deviation, shape: training.shape };
}

/** @throws InputError that says which option brings the images to the shape */
function checkShape({ place, shape: found }: OwnImages, shape: MapShape): void {
  if (shape.join() === found.join()) return;
  const [height, width, channels] = shape;
  const sized = height === found[0] && width === found[1];
  throw new InputError(
    `${place}: expected images of ${shape.join('x')}, as those that were learned, found ${found.join('x')}; bring them there with ${sized ? `channels ${channels}` : `size ${height}x${width}`}`,
  );
}
