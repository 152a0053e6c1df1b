import { cifarVgg8Qcfs } from './cifar-vgg8-qcfs.ts';
import { cifarVgg8Strelu } from './cifar-vgg8-strelu.ts';
import { cifarVgg8Strelu2 } from './cifar-vgg8-strelu-2.ts';
import { fashionVgg8Strelu } from './fashion-vgg8-strelu.ts';
import { mnistCnnSparse } from './mnist-cnn-sparse.ts';
import { mnistCnnStrelu } from './mnist-cnn-strelu.ts';
import type { TrainingRecipe } from './recipe.ts';
import { strokesLenetStrelu } from './strokes-lenet-strelu.ts';

/** Every recipe, in the order of the data sets. */
export const TRAINING_RECIPES: readonly TrainingRecipe[] = [
  strokesLenetStrelu,
  mnistCnnStrelu,
  mnistCnnSparse,
  fashionVgg8Strelu,
  cifarVgg8Strelu,
  cifarVgg8Qcfs,
  cifarVgg8Strelu2,
];
