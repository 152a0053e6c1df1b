/**
 * @file The training runs worth repeating, on one page: what many of them share is written once, above the table.
 */
import type { TrainingRun } from './training-run.ts';

export interface TrainingRecipe {
  /** As `train --recipe` takes it. */
  readonly name: string;
  /** What it is for, in one line. */
  readonly purpose: string;
  /** What it states; the rest has the default of every run. */
  readonly run: Partial<TrainingRun>;
  /** What came of it; null: not yet run to its end. */
  readonly measured: Measured | null;
}

export interface Measured {
  /** Percent of all test images, after the last epoch, without test-time flip. */
  readonly accuracy: number;
  /** Time of training, the tests after each epoch included. */
  readonly minutes: number;
  /** Processor and number of threads. */
  readonly machine: string;
}

type Part = Partial<TrainingRun>;

/** What all recipes but the first share; thetas stay fixed. */
const COMMON: Part = { batchSize: 128, weightDecay: 5e-4, thetaRate: 0, labelSmoothing: 0.1 };

const MNIST: Part = { ...COMMON, dataset: 'mnist', model: 'cnn', crop: 2 };
const FASHION: Part = {
  ...COMMON,
  dataset: 'fashion-mnist',
  model: 'vgg8',
  width: 0.5,
  crop: 2,
  flip: true,
  cutout: 8,
};
const CIFAR: Part = { ...COMMON, dataset: 'cifar-10', model: 'vgg8', width: 0.75, crop: 4, flip: true };

/** From random weights: the symmetric clip starts as a threshold ReLU moved down, the first filters whiten. */
const FRESH: Part = { activation: 'strelu', shift: 1, whiten: true, levels: 4, learningRate: 0.1 };
/** The same function, moved above 0 (THEORY.md, L20), on a grid with as many levels there as FRESH has on both sides of 0. */
const QCFS: Part = { activation: 'qcfs', levels: 8 };
/** Back to the symmetric clip, on the grid of T = 2. */
const TWO_STEPS: Part = { activation: 'strelu', levels: 2, learningRate: 0.03, warmup: 0.2 };
/** The same with a price on spikes. */
const SPARSE: Part = { ...TWO_STEPS, epochs: 4, spikePenalty: 0.1, spikeCode: 'rest' };

/** A short course for `cifar-fast` (after K. Jordan, arXiv:2404.00498), the same for every activation; chosen without test images. */
const FAST_ON: Part = {
  ...{
    dataset: 'cifar-10',
    model: 'cifar-fast',
    validation: 1000,
    finalTest: true,
    epochs: 12,
    batchSize: 500,
    pooling: 'max',
  },
  ...{ optimizer: 'muon', muonOf: 'convolutions', muonIterations: 3, weightNorm: true },
  ...{ learningRate: 0.15, momentum: 0.6, warmup: 0, fall: 'linear', weightDecay: 0 },
  ...{ normRate: 100, fixedScale: true, headRate: 0.6, thetaRate: 0, frozenFirst: true, firstBiasEpochs: 3 },
  ...{ translate: 2, alternateFlip: true, labelSmoothing: 0.2, recomputeNorms: true },
};
/** The same from its beginning. */
const FAST: Part = { ...FAST_ON, whiten: true, dirac: true, headScale: 0.125, normScale: 0.5 };

/**
 * The same course for a clip from 0 to theta, which starts twice as high as one on both sides of 0, so that it is the same function,
 * moved (THEORY.md, L20). Weights before it start sqrt(2) times as large; of the head's, which alone shows that, this is taken back.
 */
const FAST_ONE_SIDED: Part = { ...FAST, headScale: 0.0884 };

/** A symmetric clip that is trained as that one: its batch norms, its borders and the last layer all take its rest for 0. */
const AT_REST: Part = { activation: 'strelu', shift: 1, border: 'rest', restHead: true };

const { thetaRate: _, ...FAST_UNBOUNDED } = FAST_ONE_SIDED;

/** Starts from the network of another recipe, where `train --recipe` puts it. */
const from = (recipe: string): Part => ({ from: `runs/${recipe}.safetensors` });

const MACHINE = 'AMD EPYC, 2 threads, busy with other work';
const TWO_THREADS = 'Intel Xeon, 2 threads, busy with other work, stopped for some of it';
const ONE_THREAD = 'Intel Xeon, 1 thread, beside another training, stopped for some of it';

function row(
  name: string,
  purpose: string,
  run: Part,
  found?: Omit<Measured, 'machine'> & Partial<Measured>,
): TrainingRecipe {
  return { name, purpose, run: { seed: 1, ...run }, measured: found ? { machine: MACHINE, ...found } : null };
}

/** In the order of the data sets; a recipe that starts from a network stands after the one that makes it. */
export const TRAINING_RECIPES: readonly TrainingRecipe[] = [
  row('strokes-lenet-strelu', 'the embedded synthetic digits, in seconds, without any file', {
    dataset: 'strokes',
    model: 'lenet',
    activation: 'strelu',
    levels: 4,
    epochs: 3,
    batchSize: 64,
    ema: 0.98,
  }),
  row(
    'mnist-cnn-strelu',
    'MNIST: the CNN, moving average of the weights',
    { ...MNIST, ...FRESH, epochs: 12, continuousEpochs: 6, warmup: 1, ema: 0.998 },
    { accuracy: 99.64, minutes: 7 },
  ),
  row(
    'mnist-cnn-strelu-2',
    'MNIST in two steps: the same CNN on the grid of T = 2, validation images held out',
    {
      ...{ ...MNIST, ...FRESH, levels: 2, epochs: 14, continuousEpochs: 8, warmup: 1, ema: 0.998 },
      ...{ validation: 1000, finalTest: true },
    },
    { accuracy: 99.73, minutes: 23, machine: 'AMD EPYC, 1 thread, busy with other work' },
  ),
  row(
    'mnist-cnn-sparse',
    'MNIST: no shift, a price on spikes, silence at 0',
    {
      ...MNIST,
      width: 0.5,
      activation: 'strelu',
      levels: 2,
      spikePenalty: 0.05,
      epochs: 6,
      learningRate: 0.1,
      warmup: 0.5,
      ema: 0.99,
    },
    { accuracy: 99.47, minutes: 2 },
  ),
  row(
    'fashion-vgg8-strelu',
    'Fashion-MNIST: a small VGG, as for CIFAR-10',
    { ...FASHION, ...FRESH, epochs: 10, continuousEpochs: 6, warmup: 1 },
    { accuracy: 93.29, minutes: 14 },
  ),
  row(
    'fashion-vgg8-qcfs',
    'Fashion-MNIST, the long stage: the same network trained further as QCFS (THEORY.md, L20)',
    { ...FASHION, ...QCFS, ...from('fashion-vgg8-strelu'), epochs: 28, learningRate: 0.08, warmup: 1 },
    { accuracy: 94.37, minutes: 41 },
  ),
  row(
    'fashion-vgg8-strelu-2',
    'Fashion-MNIST in two steps: back from QCFS to the symmetric clip, on the grid of T = 2',
    { ...FASHION, ...TWO_STEPS, ...from('fashion-vgg8-qcfs'), epochs: 6 },
    { accuracy: 94.29, minutes: 6 },
  ),
  row(
    'fashion-fast-strelu',
    'Fashion-MNIST by the short course of CIFAR-10, validation images held out',
    {
      ...{ ...FAST, dataset: 'fashion-mnist', cutout: 8 },
      ...{ activation: 'strelu', shift: 1, border: 'rest', levels: 4, continuousEpochs: 9 },
    },
    { accuracy: 93.84, minutes: 63 },
  ),
  row(
    'fashion-vgg8-sparse',
    'Fashion-MNIST in fewer spikes: on from fashion-vgg8-strelu-2, with a price on spikes in rest coding',
    { ...FASHION, ...SPARSE, ...from('fashion-vgg8-strelu-2') },
    { accuracy: 93.88, minutes: 6 },
  ),
  row(
    'cifar-vgg8-strelu',
    'CIFAR-10: symmetric clip of fixed height, started as a threshold ReLU moved down',
    { ...CIFAR, ...FRESH, epochs: 22, continuousEpochs: 13, warmup: 1.5, cutout: 8 },
    { accuracy: 90.51, minutes: 49 },
  ),
  row(
    'cifar-vgg8-qcfs',
    'the comparison: the same network trained further as QCFS (THEORY.md, L20)',
    {
      ...CIFAR,
      ...QCFS,
      ...from('cifar-vgg8-strelu'),
      epochs: 10,
      learningRate: 0.06,
      warmup: 0.5,
      cutout: 8,
    },
    { accuracy: 91.12, minutes: 22 },
  ),
  row(
    'cifar-vgg8-qcfs-long',
    'the comparison, trained on: 24 epochs more',
    {
      ...CIFAR,
      ...QCFS,
      ...from('cifar-vgg8-qcfs'),
      epochs: 24,
      learningRate: 0.08,
      warmup: 1,
      cutout: 12,
    },
    { accuracy: 92.29, minutes: 49 },
  ),
  row(
    'cifar-vgg8-strelu-2',
    'CIFAR-10 in two steps: back from QCFS to the symmetric clip, on the grid of T = 2',
    { ...CIFAR, ...TWO_STEPS, ...from('cifar-vgg8-qcfs-long'), epochs: 5, cutout: 12 },
    { accuracy: 91.55, minutes: 13 },
  ),
  row(
    'cifar-vgg8-sparse',
    'CIFAR-10 in fewer spikes: on from cifar-vgg8-strelu-2, with a price on spikes in rest coding',
    { ...CIFAR, ...SPARSE, ...from('cifar-vgg8-strelu-2'), cutout: 12 },
    { accuracy: 90.99, minutes: 12 },
  ),
  row(
    'cifar-fast-strelu',
    'CIFAR-10 in few operations: Muon, twelve epochs, validation images held out',
    { ...FAST, ...{ activation: 'strelu', shift: 1, border: 'rest', levels: 4, continuousEpochs: 10 } },
    { accuracy: 92.33, minutes: 63 },
  ),
  row(
    'cifar-fast-strelu-rest',
    'the same, the last layer reading what neurons send above their rest: trained as cifar-fast-trelu (THEORY.md, L20)',
    { ...FAST, ...AT_REST, levels: 4, continuousEpochs: 10 },
    { accuracy: 92.8, minutes: 67, machine: TWO_THREADS },
  ),
  row(
    'cifar-fast-strelu-long',
    'CIFAR-10 in three hours: that course over 32 epochs, moved by up to four pixels, squares covered',
    { ...FAST, ...AT_REST, levels: 4, continuousEpochs: 28, epochs: 32, translate: 4, cutout: 12 },
  ),
  row(
    'cifar-fast-strelu-2',
    'CIFAR-10 in two steps: fourteen epochs more, on the grid of T = 2 in the last five',
    {
      ...FAST_ON,
      ...from('cifar-fast-strelu'),
      ...{ activation: 'strelu', border: 'rest', levels: 2, continuousEpochs: 9 },
      ...{ epochs: 14, learningRate: 0.1, cutout: 8 },
    },
    { accuracy: 92.1, minutes: 64 },
  ),
  row(
    'cifar-fast-trelu',
    'the comparison: the course of cifar-fast-strelu with a threshold ReLU',
    {
      ...FAST_ONE_SIDED,
      ...{ activation: 'trelu', levels: 8, continuousEpochs: 10 },
    },
    { accuracy: 92.71, minutes: 135, machine: ONE_THREAD },
  ),
  row(
    'cifar-fast-qcfs',
    'the comparison: the course of cifar-fast-strelu with QCFS, on its grid throughout',
    {
      ...FAST_ONE_SIDED,
      ...{ activation: 'qcfs', levels: 8 },
    },
    { accuracy: 92.45, minutes: 136, machine: ONE_THREAD },
  ),
  row(
    'cifar-fast-relu',
    'the comparison: the course of cifar-fast-strelu with ReLU',
    {
      ...FAST_UNBOUNDED,
      ...{ activation: 'relu' },
    },
    {
      accuracy: 92.96,
      minutes: 123,
      machine: TWO_THREADS,
    },
  ),
  row(
    'cifar-residual-strelu',
    'CIFAR-10: the same course for a wider network with residual pairs, on the grid of T = 2',
    {
      ...FAST,
      ...{
        model: 'cifar-residual',
        activation: 'strelu',
        shift: 1,
        border: 'rest',
        levels: 2,
        continuousEpochs: 7,
      },
      ...{ epochs: 10, batchSize: 250, learningRate: 0.11, normRate: 50, headRate: 0.3 },
    },
    { accuracy: 92.45, minutes: 146 },
  ),
];
