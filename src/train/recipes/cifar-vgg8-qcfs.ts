import type { TrainingRecipe } from './recipe.ts';

export const cifarVgg8Qcfs: TrainingRecipe = {
  name: 'cifar-vgg8-qcfs',
  purpose: 'the comparison: the same network goes on as QCFS (THEORY.md, L20)',
  seed: 1,
  options: {
    dataset: 'cifar-10',
    model: 'vgg8',
    width: 0.75,
    activation: 'qcfs',
    levels: 8,
    from: 'runs/cifar-vgg8-strelu.safetensors',
    epochs: 10,
    'batch-size': 128,
    lr: 0.06,
    warmup: 0.5,
    'weight-decay': 0.0005,
    'theta-rate': 0,
    'label-smoothing': 0.1,
    crop: 4,
    flip: true,
    cutout: 8,
  },
  measured: { accuracy: 91.12, minutes: 22, machine: 'AMD EPYC, 2 threads, busy with other work' },
};
