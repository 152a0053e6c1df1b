import type { TrainingRecipe } from './recipe.ts';

export const fashionVgg8Sparse: TrainingRecipe = {
  name: 'fashion-vgg8-sparse',
  purpose:
    'Fashion-MNIST in fewer spikes: on from fashion-vgg8-strelu-2, with a price on spikes in rest coding',
  seed: 1,
  options: {
    dataset: 'fashion-mnist',
    model: 'vgg8',
    width: 0.5,
    activation: 'strelu',
    levels: 2,
    'spike-penalty': 0.1,
    'spike-code': 'rest',
    from: 'runs/fashion-vgg8-strelu-2.safetensors',
    epochs: 4,
    lr: 0.03,
    warmup: 0.2,
    'batch-size': 128,
    'weight-decay': 0.0005,
    'theta-rate': 0,
    'label-smoothing': 0.1,
    crop: 2,
    flip: true,
    cutout: 8,
  },
  measured: { accuracy: 93.88, minutes: 6, machine: 'AMD EPYC, 2 threads, busy with other work' },
};
