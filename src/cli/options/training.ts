/**
 * @file Everything that decides a training run, as options; and what of it a resumed run must repeat.
 */
import { DATASET_NAMES, type DatasetName, STROKES_COUNT } from '../../io/open-dataset.ts';
import type { ActivationName } from '../../nn/architecture.ts';
import { MODELS, type ModelName } from '../../nn/models/index.ts';
import type { SpikeCode } from '../../tensor/ops/spike-penalty.ts';
import {
  choice,
  choiceOrNull,
  flag,
  integer,
  integerOrNull,
  type Option,
  real,
  text,
  type Values,
} from '../../terminal/options.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../train/options.ts';
import { TRAINING_RECIPES } from '../../train/recipes/index.ts';

const ACTIVATIONS: readonly ActivationName[] = ['strelu', 'trelu', 'tleaky-relu', 'relu', 'qcfs'];
const MODEL_NAMES = Object.keys(MODELS) as ModelName[];
const D = TRAIN_DEFAULTS;

/** These and the seed fix every bit of the result. */
export type RunOptions = {
  readonly recipe: Option<string | null>;
  readonly dataset: Option<DatasetName>;
  readonly model: Option<ModelName>;
  readonly width: Option<number>;
  readonly activation: Option<ActivationName>;
  readonly 'theta-per': Option<'layer' | 'channel'>;
  readonly shift: Option<number>;
  readonly whiten: Option<boolean>;
  readonly balanced: Option<boolean>;
  readonly levels: Option<number>;
  readonly rounding: Option<'round' | 'truncate'>;
  readonly 'continuous-epochs': Option<number>;
  readonly 'spike-penalty': Option<number>;
  readonly 'spike-code': Option<SpikeCode>;
  readonly epochs: Option<number>;
  readonly 'batch-size': Option<number>;
  readonly limit: Option<number | null>;
  readonly 'test-limit': Option<number | null>;
  readonly optimizer: Option<'sgd' | 'adam'>;
  readonly lr: Option<number>;
  readonly warmup: Option<number>;
  readonly momentum: Option<number>;
  readonly 'plain-momentum': Option<boolean>;
  readonly 'weight-decay': Option<number>;
  readonly 'theta-rate': Option<number>;
  readonly 'theta-decay': Option<number>;
  readonly 'theta-from': Option<number>;
  readonly anneal: Option<number>;
  readonly 'label-smoothing': Option<number>;
  readonly ema: Option<number>;
  readonly from: Option<string | null>;
  readonly teacher: Option<string | null>;
  readonly 'teacher-weight': Option<number>;
  readonly temperature: Option<number>;
  readonly crop: Option<number>;
  readonly flip: Option<boolean>;
  readonly 'auto-augment': Option<boolean>;
  readonly cutout: Option<number>;
  readonly 'test-flip': Option<boolean>;
};

export const RUN_OPTIONS: RunOptions = {
  recipe: {
    ...choiceOrNull(
      TRAINING_RECIPES.map(({ name }) => name),
      '',
      `take all options from a recipe (listed below); --epochs, --width and others written out override it`,
    ),
    placeholder: 'NAME',
  },
  dataset: choice(DATASET_NAMES, 'strokes', 'strokes is drawn by the program; the others are files'),
  model: choice(MODEL_NAMES, 'cnn', 'architecture'),
  width: real(1, 'multiplies the number of channels', 0.01, 64),
  activation: choice(ACTIVATIONS, 'strelu', 'activation'),
  'theta-per': choice(['layer', 'channel'], 'layer', 'one threshold per layer, or per channel'),
  shift: real(
    0,
    'batch norms start at beta = -X * theta: with 1, strelu starts as a threshold ReLU, moved down',
    0,
    4,
  ),
  whiten: flag('the first convolution starts at filters that whiten patches of the training images'),
  balanced: flag(
    'weights start with mean 0 over the inputs of each output: what all inputs share goes unseen',
  ),
  levels: integer(0, 'put activations on a grid of theta/N in training; 0: continuous (qcfs: 4)', 0, 256),
  rounding: choice(['round', 'truncate'], 'round', 'how the grid rounds: round for half, truncate for full'),
  'continuous-epochs': integer(D.continuousEpochs, 'epochs before the grid comes in'),
  'spike-penalty': real(D.spikePenalty, 'price of a spike per neuron and step, while the grid is on'),
  'spike-code': choice(
    ['half', 'rest'],
    D.spikeCode,
    'the neuron whose spikes have that price: half, silent at 0; or rest, silent at -theta (strelu)',
  ),
  epochs: integer(D.epochs, 'passes through the training images', 1, 100_000),
  'batch-size': integer(D.batchSize, 'images per step', 1, 65_536),
  limit: integerOrNull(
    `all; strokes: ${STROKES_COUNT.train}`,
    'only the first N training images (strokes: draw N)',
    1,
  ),
  'test-limit': integerOrNull(
    `all; strokes: ${STROKES_COUNT.test}`,
    'only the first N test images (strokes: draw N)',
    1,
  ),
  optimizer: choice(['sgd', 'adam'], D.optimizer, 'optimizer'),
  lr: real(D.learningRate, 'learning rate at its peak', 1e-9, 100),
  warmup: real(D.warmup, 'epochs of linear warm-up; half a cosine follows'),
  momentum: real(D.momentum, 'momentum (sgd)', 0, 0.9999),
  'plain-momentum': flag('momentum without looking ahead (sgd; default: Nesterov)'),
  'weight-decay': real(D.weightDecay, 'weight decay of weights'),
  'theta-rate': real(D.thetaRate, "the thresholds' learning rate as a multiple of --lr; 0: fixed"),
  'theta-decay': real(D.thetaDecay, "the thresholds' own weight decay"),
  'theta-from': real(
    D.thetaFrom,
    'with --theta-rate 0 and --anneal: thresholds start X times wider',
    1,
    1000,
  ),
  anneal: real(D.anneal, 'epochs over which they shrink to their value, in a straight line'),
  'label-smoothing': real(D.labelSmoothing, 'share of each label that is spread over all classes', 0, 0.999),
  ema: real(
    D.ema,
    'test and save a moving average of the weights with this decay per step (0.999: over some 1000 steps); 0: the weights themselves',
    0,
    0.999999,
  ),
  from: text(
    'FILE',
    'start from the weights of this network (same model and width; strelu, trelu and qcfs translate into each other: THEORY.md, L20)',
  ),
  teacher: text('FILE', 'also learn the answers of this network, a file that train wrote'),
  'teacher-weight': real(0.5, "share of the loss that is the teacher's; the rest is the labels'", 0, 1),
  temperature: real(D.temperature, "softens the teacher's and the learner's answers", 0.01, 1000),
  crop: integer(0, 'random crop after padding by N pixels; 0: none', 0, 64),
  flip: flag('mirror half of the training images'),
  'auto-augment': flag('the CIFAR-10 policy of AutoAugment (Cubuk et al., 2019)'),
  cutout: integer(0, 'cover a square of N x N pixels (DeVries and Taylor, 2017); 0: none', 0, 64),
  'test-flip': flag('in the end also measure the accuracy with the logits of the mirror image added'),
};

/** The trainer's options from the command's. */
export function trainOptions(values: Values<RunOptions>, seed: number): TrainOptions {
  return {
    epochs: values.epochs,
    batchSize: values['batch-size'],
    seed,
    optimizer: values.optimizer,
    learningRate: values.lr,
    momentum: values.momentum,
    nesterov: !values['plain-momentum'],
    weightDecay: values['weight-decay'],
    thetaRate: values['theta-rate'],
    thetaDecay: values['theta-decay'],
    warmup: values.warmup,
    labelSmoothing: values['label-smoothing'],
    continuousEpochs: values['continuous-epochs'],
    spikePenalty: values['spike-penalty'],
    spikeCode: values['spike-code'],
    thetaFrom: values['theta-from'],
    anneal: values.anneal,
    ema: values.ema,
    teacherWeight: values.teacher === null ? 0 : values['teacher-weight'],
    temperature: values.temperature,
    augment: {
      crop: values.crop,
      flip: values.flip,
      autoAugment: values['auto-augment'],
      cutout: values.cutout,
    },
  };
}
