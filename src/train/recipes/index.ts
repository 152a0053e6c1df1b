import { cifarVgg8Qcfs } from './cifar-vgg8-qcfs.ts';
import { cifarVgg8Relu } from './cifar-vgg8-relu.ts';
import { cifarVgg8Sparse } from './cifar-vgg8-sparse.ts';
import { cifarVgg8Strelu } from './cifar-vgg8-strelu.ts';
import { fashionCnnSparse } from './fashion-cnn-sparse.ts';
import { fashionCnnStrelu } from './fashion-cnn-strelu.ts';
import { mnistCnnSparse } from './mnist-cnn-sparse.ts';
import { mnistCnnStrelu } from './mnist-cnn-strelu.ts';
import type { TrainingRecipe } from './recipe.ts';
import { strokesLenetStrelu } from './strokes-lenet-strelu.ts';

/** Every recipe, in the order of the data sets. */
export const TRAINING_RECIPES: readonly TrainingRecipe[] = [
  strokesLenetStrelu,
  mnistCnnStrelu,
  mnistCnnSparse,
  fashionCnnStrelu,
  fashionCnnSparse,
  cifarVgg8Strelu,
  cifarVgg8Sparse,
  cifarVgg8Qcfs,
  cifarVgg8Relu,
];
