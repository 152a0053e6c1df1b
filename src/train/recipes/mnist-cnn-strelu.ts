import type { TrainingRecipe } from './recipe.ts';

export const mnistCnnStrelu: TrainingRecipe = {
  name: 'mnist-cnn-strelu',
  purpose: 'MNIST: symmetric clip, on the grid of 4 steps from half of the way on',
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
  },
  measured: null,
};
