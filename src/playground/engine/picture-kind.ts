/**
 * @file How the pictures of a network are normalised, and what its classes are called: by the data set that it learned.
 */

import { readCifar10 } from '../../data/cifar.ts';
import type { Dataset } from '../../data/dataset.ts';
import { FASHION_MNIST, MNIST } from '../../data/mnist.ts';
import { drawStrokes } from '../../data/strokes.ts';
import type { MapShape } from '../../nn/architecture.ts';

export type PictureKind = Pick<Dataset, 'name' | 'classNames' | 'mean' | 'deviation' | 'shape'>;

/** The data set of that name; for others, numbers for classes, and pixels from -1 to 1. */
export function pictureKind(name: unknown, shape: MapShape, classes: number): PictureKind {
  const strokes = drawStrokes({ count: 0, seed: 1, split: 'test' });
  const known = [strokes, MNIST, FASHION_MNIST, readCifar10([])].find((kind) => kind.name === name);
  if (known && known.mean.length === shape[2] && known.classNames.length === classes)
    return { ...known, shape };
  return {
    name: '',
    classNames: Array.from({ length: classes }, (_, c) => String(c)),
    mean: Array.from({ length: shape[2] }, () => 0.5),
    deviation: Array.from({ length: shape[2] }, () => 0.5),
    shape,
  };
}
