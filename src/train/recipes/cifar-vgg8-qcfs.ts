import type { TrainingRecipe } from './recipe.ts';

export const cifarVgg8Qcfs: TrainingRecipe = {
  name: 'cifar-vgg8-qcfs',
  purpose: 'CIFAR-10: the comparison, QCFS with 4 levels throughout',
  seed: 1,
  options: {
    dataset: 'cifar-10',
    model: 'vgg8',
    activation: 'qcfs',
    whiten: true,
    levels: 4,
    epochs: 30,
    batch: 128,
    rate: 0.1,
    'weight-decay': 0.0005,
    'theta-rate': 1,
    'theta-decay': 0.0005,
    smoothing: 0.1,
    crop: 4,
    flip: true,
    cutout: 8,
    ema: 0.999,
  },
  measured: null,
};
