/**
 * @file Augmentation as plain data, so that a recipe can state it, a checkpoint can keep it and a worker can be told it.
 */
import { type Augment, sequence } from '../augment.ts';
import type { Dataset } from '../dataset.ts';
import { autoAugment } from './auto-augment.ts';
import { cutout, randomCrop, randomFlip } from './simple.ts';

/** Applied in this order; what is left out is not done. */
export interface AugmentSpec {
  /** Pixels of padding before a random crop. */
  readonly crop?: number;
  readonly flip?: boolean;
  readonly autoAugment?: boolean;
  /** Side of the covered square, in pixels. */
  readonly cutout?: number;
}

/** Pixels from outside are of the data set's mean colour: 0 after normalisation. Undefined when nothing is to be done. */
export function createAugment(spec: AugmentSpec, dataset: Pick<Dataset, 'mean'>): Augment | undefined {
  const fill = dataset.mean.map((value) => Math.round(255 * value));
  const steps: Augment[] = [];
  if (spec.crop) steps.push(randomCrop(spec.crop, fill));
  if (spec.flip) steps.push(randomFlip());
  if (spec.autoAugment) steps.push(autoAugment(fill));
  if (spec.cutout) steps.push(cutout(spec.cutout, fill));
  return steps.length > 0 ? sequence(...steps) : undefined;
}
