import type { TrainingRecipe } from './recipe.ts';

export const mnistCnnSparse: TrainingRecipe = {
  name: 'mnist-cnn-sparse',
  purpose: 'MNIST: the same with a price on spikes, for energy',
  seed: 1,
  options: {
    dataset: 'mnist',
    model: 'cnn',
    activation: 'strelu',
    levels: 4,
    'continuous-epochs': 10,
    epochs: 20,
    batch: 128,
    rate: 0.1,
    crop: 2,
    ema: 0.999,
    'spike-penalty': 0.05,
  },
  measured: null,
};
