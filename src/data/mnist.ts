/**
 * @file MNIST and Fashion-MNIST from their two IDX files: images [count, 28, 28] and labels [count].
 */
import { InputError } from '../errors.ts';
import { checkDataset, type Dataset } from './dataset.ts';
import { readIdx } from './idx.ts';

/** A file's content and the name to blame. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** All of a data set but its images and labels. Mean and deviation are those of its 60,000 training images. */
export type MnistKind = Pick<Dataset, 'name' | 'classNames' | 'mean' | 'deviation'>;

export const MNIST: MnistKind = {
  name: 'mnist',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  mean: [0.1307],
  deviation: [0.3081],
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
  mean: [0.286],
  deviation: [0.353],
};

/** @throws InputError for anything but unsigned bytes of matching counts with labels 0..9 */
export async function readMnist(kind: MnistKind, images: NamedBytes, labels: NamedBytes): Promise<Dataset> {
  const pixels = await readIdx(images.bytes, images.name);
  const classes = await readIdx(labels.bytes, labels.name);
  const [count, height, width] = pixels.shape;
  if (pixels.shape.length !== 3 || !(pixels.data instanceof Uint8Array)) {
    throw new InputError(
      `${images.name}: expected bytes of count x height x width, found ${pixels.dtype} of ${pixels.shape.join('x')}; is it the labels' file?`,
    );
  }
  if (classes.shape.length !== 1 || !(classes.data instanceof Uint8Array)) {
    throw new InputError(
      `${labels.name}: expected one byte for each image, found ${classes.dtype} of ${classes.shape.join('x')}; is it the images' file?`,
    );
  }
  const dataset: Dataset = {
    ...kind,
    images: pixels.data,
    labels: classes.data,
    count: count!,
    shape: [height!, width!, 1],
    classes: 10,
    synthetic: false,
  };
  return checkDataset(dataset, labels.name);
}
