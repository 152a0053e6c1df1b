import { cifarVgg8Qcfs } from './cifar-vgg8-qcfs.ts';
import { cifarVgg8QcfsLong } from './cifar-vgg8-qcfs-long.ts';
import { cifarVgg8Sparse } from './cifar-vgg8-sparse.ts';
import { cifarVgg8Strelu } from './cifar-vgg8-strelu.ts';
import { cifarVgg8Strelu2 } from './cifar-vgg8-strelu-2.ts';
import { fashionVgg8Qcfs } from './fashion-vgg8-qcfs.ts';
import { fashionVgg8Sparse } from './fashion-vgg8-sparse.ts';
import { fashionVgg8Strelu } from './fashion-vgg8-strelu.ts';
import { fashionVgg8Strelu2 } from './fashion-vgg8-strelu-2.ts';
import { mnistCnnSparse } from './mnist-cnn-sparse.ts';
import { mnistCnnStrelu } from './mnist-cnn-strelu.ts';
import type { TrainingRecipe } from './recipe.ts';
import { strokesLenetStrelu } from './strokes-lenet-strelu.ts';

/** Every recipe, in the order of the data sets; one that starts from a network stands behind the one that makes it. */
export const TRAINING_RECIPES: readonly TrainingRecipe[] = [
  strokesLenetStrelu,
  mnistCnnStrelu,
  mnistCnnSparse,
  fashionVgg8Strelu,
  fashionVgg8Qcfs,
  fashionVgg8Strelu2,
  fashionVgg8Sparse,
  cifarVgg8Strelu,
  cifarVgg8Qcfs,
  cifarVgg8QcfsLong,
  cifarVgg8Strelu2,
  cifarVgg8Sparse,
];
