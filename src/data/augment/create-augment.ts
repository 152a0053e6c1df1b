/**
 * @file Augmentation as plain data, so that a training run can state it, a checkpoint can keep it and a thread can be given it.
 */
import { type Augment, sequence } from '../augment.ts';
import type { Dataset } from '../dataset.ts';
import { autoAugment } from './auto-augment.ts';
import { alternatingFlip, cutout, randomCrop, randomFlip, randomTranslation } from './simple.ts';

/** The augmentations in the order in which they are applied; one that is left out is not applied. */
export interface AugmentSpec {
  /** Pixels of padding before a random crop. */
  readonly crop?: number;
  /** Mirrors half of the images in each epoch, at random. */
  readonly flip?: boolean;
  /** Mirrors a random half of the images in the first epoch; after that every image changes sides in each epoch. */
  readonly alternateFlip?: boolean;
  /** Moves by up to so many pixels; what comes in at the border is the image's own reflection. */
  readonly translate?: number;
  readonly autoAugment?: boolean;
  /** Side of the covered square, in pixels. */
  readonly cutout?: number;
}

/**
 * The augmentation, or undefined when there is none. Pixels from outside an image have the mean colour of the data set, which is 0
 * after normalisation.
 */
export function createAugment(spec: AugmentSpec, dataset: Pick<Dataset, 'mean'>): Augment | undefined {
  const fill = dataset.mean.map((value) => Math.round(255 * value));
  const steps: Augment[] = [];
  if (spec.crop) steps.push(randomCrop(spec.crop, fill));
  if (spec.translate) steps.push(randomTranslation(spec.translate));
  if (spec.flip) steps.push(randomFlip());
  if (spec.alternateFlip) steps.push(alternatingFlip());
  if (spec.autoAugment) steps.push(autoAugment(fill));
  if (spec.cutout) steps.push(cutout(spec.cutout, fill));
  return steps.length > 0 ? sequence(...steps) : undefined;
}
