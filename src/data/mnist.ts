/**
 * @file MNIST and the sets in its format from their two IDX files: images [count, 28, 28] and labels [count].
 */
import { InputError } from '../errors.ts';
import { trainingStatistics } from './create-dataset.ts';
import { checkDataset, type Dataset } from './dataset.ts';
import { readIdx } from './idx.ts';
import { imagesOf, labelsOf } from './labelled-arrays.ts';

/** A file's content and the name to blame. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** All of a data set but its images and labels. Mean and deviation are those of its training images; null: not known beforehand. */
export interface MnistKind extends Pick<Dataset, 'name' | 'classNames'> {
  readonly statistics?: Pick<Dataset, 'mean' | 'deviation'>;
}

export const MNIST: MnistKind = {
  name: 'mnist',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  statistics: { mean: [0.1307], deviation: [0.3081] },
};

export const FASHION_MNIST: MnistKind = {
  name: 'fashion-mnist',
  classNames: [
    'T-shirt/top',
    'trouser',
    'pullover',
    'dress',
    'coat',
    'sandal',
    'shirt',
    'sneaker',
    'bag',
    'ankle boot',
  ],
  statistics: { mean: [0.286], deviation: [0.353] },
};

/** Kuzushiji-MNIST: ten characters of old Japanese script, by how they are read. */
export const KMNIST: MnistKind = {
  name: 'kmnist',
  classNames: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
};

/**
 * Mean and deviation are the kind's; where it has none, those of these images.
 * @param first the label of the first class
 * @throws InputError for anything but unsigned bytes of matching counts, labels that are classes, and at least one image
 */
export async function readMnist(
  kind: MnistKind,
  images: NamedBytes,
  labels: NamedBytes,
  first = 0,
): Promise<Dataset> {
  const pixels = imagesOf(await readIdx(images.bytes, images.name), images.name);
  const found = labelsOf(await readIdx(labels.bytes, labels.name), labels.name);
  const { name, classNames, statistics = trainingStatistics(pixels.images, pixels.shape[2]) } = kind;
  const classes = classNames.length;
  const wrong = found.findIndex((label) => label < first || label - first >= classes);
  if (wrong >= 0 && wrong < pixels.count)
    throw new InputError(
      first === 0
        ? `${labels.name}: label ${found[wrong]} of image ${wrong} is not below ${classes}; download it again`
        : `${labels.name}: label ${found[wrong]} of image ${wrong} is not from ${first} to ${first + classes - 1}; download it again`,
    );
  const shifted = first === 0 ? found : found.map((label) => label - first);
  return checkDataset(
    { ...pixels, ...statistics, name, labels: shifted, classes, classNames, synthetic: false },
    labels.name,
  );
}
