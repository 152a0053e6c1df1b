import type { TrainingRecipe } from './recipe.ts';

export const strokesLenetStrelu: TrainingRecipe = {
  name: 'strokes-lenet-strelu',
  purpose: 'the embedded synthetic digits, in seconds, without any file',
  seed: 1,
  options: {
    dataset: 'strokes',
    model: 'lenet',
    activation: 'strelu',
    levels: 4,
    epochs: 3,
    'batch-size': 64,
    ema: 0.98,
  },
  measured: null,
};
