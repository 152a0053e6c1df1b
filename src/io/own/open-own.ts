/**
 * @file A data set of one's own, from its source: its part read, its classes and its normalisation found, from the training images
 * unless they are known.
 */
import { createDataset, trainingStatistics } from '../../data/create-dataset.ts';
import type { Dataset } from '../../data/dataset.ts';
import { InputError, UsageError } from '../../errors.ts';
import type { MapShape } from '../../nn/architecture.ts';
import type { OwnSource } from '../dataset-names.ts';
import { ownSource } from '../dataset-names.ts';
import type { OpenOptions, Split } from '../open-options.ts';
import { openFolderSet } from './folder-set.ts';
import { openIdxSet } from './idx-set.ts';
import { openNpzSet } from './npz-set.ts';
import { openCsvSet } from './open-csv.ts';
import type { OwnImages, OwnSet } from './own-set.ts';

const READERS = { folder: openFolderSet, idx: openIdxSet, npz: openNpzSet, csv: openCsvSet };

/** @throws InputError naming file, what was expected, what was found and what to do; nothing is half read */
export async function openOwn(source: OwnSource, split: Split, options: OpenOptions): Promise<Dataset> {
  const { kind, path } = ownSource(source)!;
  const { learned, limit } = options;
  refuseSenseless(kind, options);
  const set = await READERS[kind](path, options);
  const own = await set.read(split, limit);
  const statistics = await statisticsOf(set, split, own, options);
  const shape = learned?.shape ?? statistics.shape;
  if (shape) checkShape(own, shape);
  const classNames = learned?.classNames ?? set.classNames;
  const classes = learned?.classes ?? (classNames.length > 0 ? classNames.length : await set.classes());
  const { mean, deviation } = statistics;
  const { images, labels } = own;
  return createDataset({
    name: source,
    images,
    labels,
    shape: own.shape,
    classes,
    classNames,
    mean,
    deviation,
  });
}

/** Mean and deviation as they are known, or as the training images have them; then their shape is known too. */
async function statisticsOf(
  set: OwnSet,
  split: Split,
  own: OwnImages,
  { learned, mean, deviation }: OpenOptions,
): Promise<Pick<Dataset, 'mean' | 'deviation'> & Partial<Pick<Dataset, 'shape'>>> {
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

function refuseSenseless(kind: string, { split, size, names }: OpenOptions): void {
  if (split !== undefined && !(split > 0 && split < 1))
    throw new UsageError(`split: expected a share above 0 and below 1, found ${split}`);
  if (size !== undefined && !size.every((side) => Number.isInteger(side) && side >= 1 && side <= 4096))
    throw new UsageError(`size: expected height and width from 1 to 4096, found ${size.join('x')}`);
  if (names !== undefined && (kind === 'folder' || kind === 'csv'))
    throw new UsageError(
      `names: ${kind === 'folder' ? 'a folder' : 'a CSV file'} has no names to give; they are for idx and npz`,
    );
}
