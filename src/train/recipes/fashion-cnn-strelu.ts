import type { TrainingRecipe } from './recipe.ts';

export const fashionCnnStrelu: TrainingRecipe = {
  name: 'fashion-cnn-strelu',
  purpose: 'Fashion-MNIST: symmetric clip, on the grid of 4 steps from half of the way on',
  seed: 1,
  options: {
    dataset: 'fashion-mnist',
    model: 'cnn',
    activation: 'strelu',
    levels: 4,
    'continuous-epochs': 15,
    epochs: 30,
    batch: 128,
    rate: 0.1,
    crop: 2,
    flip: true,
    cutout: 8,
    ema: 0.999,
  },
  measured: null,
};
