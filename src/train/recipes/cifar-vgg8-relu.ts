import type { TrainingRecipe } from './recipe.ts';

export const cifarVgg8Relu: TrainingRecipe = {
  name: 'cifar-vgg8-relu',
  purpose: 'CIFAR-10: the comparison and the teacher, plain ReLU',
  seed: 1,
  options: {
    dataset: 'cifar-10',
    model: 'vgg8',
    activation: 'relu',
    whiten: true,
    epochs: 30,
    batch: 128,
    rate: 0.1,
    'weight-decay': 0.0005,
    smoothing: 0.1,
    crop: 4,
    flip: true,
    cutout: 8,
    ema: 0.999,
  },
  measured: null,
};
