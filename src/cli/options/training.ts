/**
 * @file The options of `strelu train`: one for each part of a training run, under the name that files have for it.
 */
import { STROKES_COUNT } from '../../io/open-dataset.ts';
import { DATA_WORDS } from '../../lab/data-words.ts';
import { parseLevels } from '../../lab/training/layer-levels.ts';
import { TRAINING_RECIPES } from '../../lab/training/recipes.ts';
import { type RunRecord, recordOf } from '../../lab/training/run-record.ts';
import { TRAINING_DEFAULTS } from '../../lab/training/training-run.ts';
import { ACTIVATIONS } from '../../nn/activations/index.ts';
import type { ActivationName } from '../../nn/architecture.ts';
import { CONV_BORDERS, POOLINGS } from '../../nn/models/build.ts';
import { MODELS, type ModelName } from '../../nn/models/index.ts';
import {
  choice,
  choiceOrNull,
  flag,
  integer,
  integerOrNull,
  type Option,
  real,
  realOrNull,
  text,
} from '../../terminal/options.ts';
import { DATA_OPTIONS, datasetOption } from './own-data.ts';

const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as ActivationName[];
const MODEL_NAMES = Object.keys(MODELS) as ModelName[];
const D: RunRecord = recordOf(TRAINING_DEFAULTS);

/** @throws UsageError that names the near ones */
const modelNamed: (text: string) => string = choice(MODEL_NAMES, 'cnn', '').parse;

/** The options as `train --help` shows them. */
export const RUN_GROUPS: readonly {
  readonly title: string;
  readonly options: readonly (keyof RunOptions)[];
}[] = [
  {
    title: 'Data',
    options: [
      'dataset',
      ...DATA_WORDS,
      'limit',
      'test-limit',
      'validation',
      'final-test',
      'crop',
      'translate',
      'flip',
      'alternate-flip',
      'auto-augment',
      'cutout',
      'test-flip',
    ],
  },
  {
    title: 'Network',
    options: [
      ...(['model', 'width', 'activation', 'theta-per', 'pooling', 'border'] as const),
      ...(['shift', 'whiten', 'balanced', 'dirac', 'head-scale', 'norm-scale', 'from'] as const),
    ],
  },
  {
    title: 'Grid and spikes',
    options: ['levels', 'layer-levels', 'rounding', 'continuous-epochs', 'spike-penalty', 'spike-code'],
  },
  {
    title: 'Optimizer',
    options: [
      ...(['epochs', 'batch-size', 'optimizer', 'lr', 'warmup', 'lr-fall', 'momentum'] as const),
      ...(['plain-momentum', 'weight-decay', 'muon-of', 'muon-iterations', 'weight-norm'] as const),
      ...([
        'norm-rate',
        'norm-decay',
        'fixed-scale',
        'head-rate',
        'head-decay',
        'rest-head',
        'frozen-first',
      ] as const),
      ...(['first-bias-epochs', 'label-smoothing', 'ema', 'lookahead', 'lookahead-share'] as const),
      'recompute-norms',
    ],
  },
  { title: 'Thresholds', options: ['theta-rate', 'theta-decay', 'theta-from', 'anneal'] },
  { title: 'Teacher', options: ['teacher', 'teacher-weight', 'temperature'] },
];

/** The seed is an option of every command. */
export type RunOptions = { readonly [Name in Exclude<keyof RunRecord, 'seed'>]: Option<RunRecord[Name]> };

export const RUN_OPTIONS: RunOptions = {
  recipe: {
    ...choiceOrNull(
      TRAINING_RECIPES.map(({ name }) => name),
      '',
      `take all options from a recipe (listed below); --epochs, --width and others written out override it`,
    ),
    placeholder: 'NAME',
  },
  dataset: datasetOption(
    D.dataset,
    D.dataset,
    'strokes is drawn by the program; the others are files; folder, idx, npz and csv are images of your own',
  ),
  ...DATA_OPTIONS,
  model: {
    ...choice(
      MODEL_NAMES,
      D.model as ModelName,
      'architecture, or a network description in JSON; `strelu inspect FILE.json` shows its layers',
    ),
    placeholder: `${MODEL_NAMES.join('|')}|FILE.json`,
    parse: (found) => (found.endsWith('.json') ? found : modelNamed(found)),
  },
  width: real(D.width, 'multiplies the number of channels', 0.01, 64),
  activation: choice(ACTIVATION_NAMES, D.activation, 'activation'),
  'theta-per': choice(['layer', 'channel'], D['theta-per'], 'one threshold per layer, or per channel'),
  shift: real(
    D.shift,
    'batch norms start at beta = -X * theta: with 1, strelu starts as a threshold ReLU, moved down',
    0,
    4,
  ),
  whiten: flag('the first convolution starts at filters that whiten patches of the training images'),
  balanced: flag(
    'weights start with mean 0 over the inputs of each output: what all inputs share goes unseen',
  ),
  dirac: flag('the first outputs of each convolution start as copies of its inputs'),
  'head-scale': real(
    D['head-scale'],
    "the last layer's weights start X times as large: logits scaled by X, with --head-rate times X squared",
  ),
  'norm-scale': real(
    D['norm-scale'],
    "gamma of every batch norm, and the deviation of whitening filters, at the start: below 1 an activation's clip cuts off fewer values",
    1e-3,
    1e3,
  ),
  pooling: {
    ...choiceOrNull(
      POOLINGS,
      'as the model has it',
      'average pools before batch norm and activation, or after them; max: max pools before them',
    ),
  },
  border: choice(
    CONV_BORDERS,
    D.border,
    'what 3 x 3 convolutions behind neurons see around a map: zeros, or the output of neurons at rest, -theta',
  ),
  'layer-levels': {
    ...text('N,N,...', 'the grid of each activation by itself, in order; the last for all that follow'),
    parse: (found) => parseLevels(found).join(','),
  },
  levels: integer(
    D.levels,
    'put activations on a grid of theta/N in training; 0: continuous (qcfs: 4)',
    0,
    256,
  ),
  rounding: choice(
    ['round', 'truncate'],
    D.rounding,
    'how the grid rounds: round for half, truncate for full',
  ),
  'continuous-epochs': integer(D['continuous-epochs'], 'epochs before the grid comes in'),
  'spike-penalty': real(D['spike-penalty'], 'price of a spike per neuron and step, while the grid is on'),
  'spike-code': choice(
    ['half', 'rest'],
    D['spike-code'],
    'the neuron whose spikes have that price: half, silent at 0; or rest, silent at -theta (strelu)',
  ),
  epochs: integer(D.epochs, 'passes through the training images', 1, 100_000),
  'batch-size': integer(D['batch-size'], 'images per step', 1, 65_536),
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
  validation: integer(
    D.validation,
    'hold out N training images, drawn by the seed: learning curve and accuracy are theirs, and no test image is looked at',
  ),
  'final-test': flag('with --validation: measure the test images too, once, when the training is done'),
  optimizer: choice(['sgd', 'adam', 'muon'], D.optimizer, 'optimizer; muon: of the weights, the rest by sgd'),
  lr: real(D.lr, 'learning rate at its peak', 1e-9, 100),
  warmup: real(D.warmup, 'epochs of linear warm-up'),
  'lr-fall': choice(['cosine', 'linear'], D['lr-fall'], 'how the rate falls to 0 after that'),
  momentum: real(D.momentum, 'momentum (sgd, muon)', 0, 0.9999),
  'plain-momentum': flag('momentum without looking ahead (sgd; default: Nesterov)'),
  'weight-decay': real(D['weight-decay'], 'weight decay of weights'),
  'muon-of': choice(
    ['weights', 'convolutions'],
    D['muon-of'],
    'what muon updates: all weights, or those of convolutions, with sgd for linear layers',
  ),
  'muon-iterations': integer(D['muon-iterations'], 'Newton-Schulz steps of muon', 1, 100),
  'weight-norm': flag("scale each of muon's weights to the norm sqrt(outputs) before its step"),
  'norm-rate': real(D['norm-rate'], 'learning rate of biases and batch norms as a multiple of --lr'),
  'norm-decay': real(D['norm-decay'], 'weight decay of biases and of the shifts of batch norms'),
  'fixed-scale': flag('batch norms keep their scale (gamma); only their shift is trained'),
  'head-rate': real(D['head-rate'], "learning rate of the last layer's weights as a multiple of --lr"),
  'head-decay': {
    ...realOrNull("the last layer's own weight decay"),
    shown: 'that of --weight-decay',
  },
  'rest-head': flag(
    'the last layer reads what neurons send above their rest, -theta: its bias is theta times the sum of its weights',
  ),
  'frozen-first': flag('the weights of the first layer are not trained, only its bias'),
  'first-bias-epochs': real(
    D['first-bias-epochs'],
    "epochs that the first layer's bias is trained for; 0: all",
  ),
  'theta-rate': real(D['theta-rate'], "the thresholds' learning rate as a multiple of --lr; 0: fixed"),
  'theta-decay': real(D['theta-decay'], "the thresholds' own weight decay"),
  'theta-from': real(
    D['theta-from'],
    'with --theta-rate 0 and --anneal: thresholds start X times wider',
    1,
    1000,
  ),
  anneal: real(D.anneal, 'epochs over which they shrink to their value, in a straight line'),
  'label-smoothing': real(
    D['label-smoothing'],
    'share of each label that is spread over all classes',
    0,
    0.999,
  ),
  ema: real(
    D.ema,
    'test and save a moving average of the weights with this decay per step (0.999: over some 1000 steps); 0: the weights themselves',
    0,
    0.999999,
  ),
  lookahead: integer(
    D.lookahead,
    'every N steps the weights go back part of the way that they came (Zhang et al., 2019); 0: never',
  ),
  'lookahead-share': real(D['lookahead-share'], 'how much of that way they keep', 0.001, 1),
  'recompute-norms': flag(
    'take the running statistics of batch norms anew before each test, from training images',
  ),
  from: text(
    'FILE',
    'start from the weights of this network (same model and width; strelu, trelu and qcfs translate into each other: THEORY.md, L20)',
  ),
  teacher: text('FILE', 'also learn the answers of this network, a file that train wrote'),
  'teacher-weight': real(
    D['teacher-weight'],
    "share of the loss that is the teacher's; the rest is the labels'",
    0,
    1,
  ),
  temperature: real(D.temperature, "softens the teacher's and the learner's answers", 0.01, 1000),
  crop: integer(D.crop, 'random crop after padding by N pixels; 0: none', 0, 64),
  translate: integer(D.translate, 'move by up to N pixels, the border reflected; 0: not', 0, 64),
  flip: flag('mirror half of the training images'),
  'alternate-flip': flag(
    'mirror a random half in the first epoch; then each image changes sides every epoch',
  ),
  'auto-augment': flag('the CIFAR-10 policy of AutoAugment (Cubuk et al., 2019)'),
  cutout: integer(D.cutout, 'cover a square of N x N pixels (DeVries and Taylor, 2017); 0: none', 0, 64),
  'test-flip': flag('in the end also measure the accuracy with the logits of the mirror image added'),
};
