import type { TrainingRecipe } from './recipe.ts';

export const fashionCnnSparse: TrainingRecipe = {
  name: 'fashion-cnn-sparse',
  purpose: 'Fashion-MNIST: the same with a price on spikes, for energy',
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
    'spike-penalty': 0.05,
  },
  measured: null,
};
