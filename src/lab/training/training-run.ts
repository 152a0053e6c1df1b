/**
 * @file A training run as a plain value: on what, which network, from which weights, and how it is trained. It fixes every bit
 * of the trained network.
 */
import type { AugmentSpec } from '../../data/augment/create-augment.ts';
import type { DatasetSource } from '../../io/dataset-names.ts';
import type { ActivationLayer, ActivationName } from '../../nn/architecture.ts';
import type { ConvBorder, Pooling } from '../../nn/models/build.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../train/options.ts';
import { type DataWords, NO_DATA_WORDS } from '../data-words.ts';

/** The trainer's options, one by one. */
type TrainerFields = Omit<TrainOptions, 'augment' | 'nesterov'> & Required<AugmentSpec>;

export interface TrainingRun extends TrainerFields, DataWords {
  /** The recipe that it began as; it only tells. */
  readonly recipe: string | null;
  readonly dataset: DatasetSource;
  /** Only the first images of the training set, and of the test set; null: all. */
  readonly limit: number | null;
  readonly testLimit: number | null;
  /** So many training images are drawn by the seed and held out: what is looked at after each epoch is then theirs. 0: none. */
  readonly validation: number;
  /** With `validation`: the test images are measured too, once, when the training is done. */
  readonly finalTest: boolean;

  /** Name of a built-in model (MODELS), or path of a network description; its layers then say the four below themselves. */
  readonly model: string;
  /** Multiplies the number of channels. */
  readonly width: number;
  readonly activation: ActivationName;
  readonly thetaPer: 'layer' | 'channel';
  /** Activations lie on a grid of theta / levels; 0: they are continuous. */
  readonly levels: number;
  readonly rounding: ActivationLayer['rounding'];
  /** '4,2,2': the levels of each activation in order, the last for all that follow; null: `levels` for all. */
  readonly layerLevels: string | null;
  /** Average pools before batch norm and activation, or after them, or max pools before them; null: as the model has it. */
  readonly pooling: Pooling | null;
  /** What convolutions behind neurons see around a map: zeros, or the neurons' output at rest. */
  readonly border: ConvBorder;

  /** Batch norms start at beta = -shift * theta. */
  readonly shift: number;
  /** The first convolution starts at filters that whiten patches of the training images. */
  readonly whiten: boolean;
  /** The weights of each output start with mean 0 over its inputs. */
  readonly balanced: boolean;
  /** Convolutions start as partial identities. */
  readonly dirac: boolean;
  /** The last layer's weights start this many times as large. */
  readonly headScale: number;
  /** Gamma of every batch norm at the start. */
  readonly normScale: number;
  /** Path of a network whose weights it starts from instead. */
  readonly from: string | null;
  /** Path of a network whose answers it learns too; without one teacherWeight and temperature mean nothing. */
  readonly teacher: string | null;

  /** Momentum without looking ahead (Nesterov's looks ahead). */
  readonly plainMomentum: boolean;
  /** The accuracy with the logits of each mirror image added is measured too. */
  readonly testFlip: boolean;
}

const { augment: _, nesterov: __, ...trainer } = TRAIN_DEFAULTS;

export const TRAINING_DEFAULTS: TrainingRun = {
  ...trainer,
  recipe: null,
  dataset: 'strokes',
  ...NO_DATA_WORDS,
  limit: null,
  testLimit: null,
  validation: 0,
  finalTest: false,
  model: 'cnn',
  width: 1,
  activation: 'strelu',
  thetaPer: 'layer',
  levels: 0,
  rounding: 'round',
  layerLevels: null,
  pooling: null,
  border: 'zero',
  shift: 0,
  whiten: false,
  balanced: false,
  dirac: false,
  headScale: 1,
  normScale: 1,
  from: null,
  teacher: null,
  teacherWeight: 0.5,
  plainMomentum: false,
  crop: 0,
  flip: false,
  alternateFlip: false,
  translate: 0,
  autoAugment: false,
  cutout: 0,
  testFlip: false,
};

/** What of a run the trainer is told. */
export function trainOptions(run: TrainingRun): TrainOptions {
  const own = Object.keys(trainer) as (keyof typeof trainer)[];
  const { crop, flip, alternateFlip, translate, autoAugment, cutout } = run;
  return {
    ...(Object.fromEntries(own.map((field) => [field, run[field]])) as typeof trainer),
    nesterov: !run.plainMomentum,
    teacherWeight: run.teacher === null ? 0 : run.teacherWeight,
    augment: { crop, flip, alternateFlip, translate, autoAugment, cutout },
  };
}
