import type { TrainingRecipe } from './recipe.ts';

export const cifarVgg8Sparse: TrainingRecipe = {
  name: 'cifar-vgg8-sparse',
  purpose: 'CIFAR-10: the same with a price on spikes, for energy',
  seed: 1,
  options: {
    dataset: 'cifar-10',
    model: 'vgg8',
    activation: 'strelu',
    shift: 1,
    whiten: true,
    levels: 4,
    'continuous-epochs': 18,
    epochs: 30,
    batch: 128,
    rate: 0.1,
    'weight-decay': 0.0005,
    'theta-rate': 0,
    smoothing: 0.1,
    crop: 4,
    flip: true,
    cutout: 8,
    ema: 0.999,
    'spike-penalty': 0.02,
  },
  measured: null,
};
