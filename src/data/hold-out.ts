/**
 * @file Validation images: training images that a training does not see, so that choices can be made without looking at the test images.
 */
import { InputError } from '../errors.ts';
import { mapSize } from '../nn/architecture.ts';
import { Random } from '../random/random.ts';
import { type Dataset, imageAt } from './dataset.ts';

/** How many images are held out, and the seed that draws them. */
export interface HeldOut {
  readonly count: number;
  readonly seed: number;
}

/**
 * Draws images by a seed. Both parts keep the order and the statistics of the set.
 * @throws InputError when it would leave no image to train with
 * @example
 * holdOut(dataset, { count: 5, seed: 1 }).validation.count; // 5
 */
export function holdOut(
  dataset: Dataset,
  { count, seed }: HeldOut,
): { readonly train: Dataset; readonly validation: Dataset } {
  if (!Number.isInteger(count) || count < 1 || count >= dataset.count)
    throw new InputError(
      `${dataset.name}: expected fewer than its ${dataset.count} images to hold out, at least one, found ${count}; hold out fewer`,
    );
  const order = Random.seeded(seed)
    .fork('validation')
    .shuffle(Array.from({ length: dataset.count }, (_, i) => i));
  const rising = (indices: number[]): number[] => indices.sort((a, b) => a - b);
  return {
    train: picked(dataset, rising(order.slice(count))),
    validation: picked(dataset, rising(order.slice(0, count))),
  };
}

/** Copies of some images. */
function picked(dataset: Dataset, indices: readonly number[]): Dataset {
  const size = mapSize(dataset.shape);
  const images = new Uint8Array(indices.length * size);
  const labels = dataset.labels.slice(0, indices.length);
  indices.forEach((index, i) => {
    images.set(imageAt(dataset, index), i * size);
    labels[i] = dataset.labels[index]!;
  });
  return { ...dataset, images, labels, count: indices.length };
}
