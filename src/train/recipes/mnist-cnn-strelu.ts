import type { TrainingRecipe } from './recipe.ts';

export const mnistCnnStrelu: TrainingRecipe = {
  name: 'mnist-cnn-strelu',
  purpose: 'MNIST: the CNN, moving average of the weights',
  seed: 1,
  options: {
    dataset: 'mnist',
    model: 'cnn',
    activation: 'strelu',
    shift: 1,
    whiten: true,
    levels: 4,
    'continuous-epochs': 6,
    epochs: 12,
    'batch-size': 128,
    lr: 0.1,
    warmup: 1,
    'weight-decay': 0.0005,
    'theta-rate': 0,
    'label-smoothing': 0.1,
    crop: 2,
    ema: 0.998,
  },
  measured: { accuracy: 99.64, minutes: 7, machine: 'AMD EPYC, 2 threads, busy with other work' },
};
