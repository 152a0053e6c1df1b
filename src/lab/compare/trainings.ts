/**
 * @file The networks that a comparison starts from: one architecture and one course of training per data set, and for
 * each activation only what makes it that activation. Contenders that share an activation share its network.
 */
import { type DatasetName, type DatasetSource, ownSource } from '../../io/dataset-names.ts';
import { hasBatchNorms } from '../../nn/models/index.ts';
import { type DataWords, NO_DATA_WORDS } from '../data-words.ts';
import { TRAINING_DEFAULTS, type TrainingRun } from '../training/training-run.ts';

export interface Training {
  readonly id: string;
  /** What sets it apart from the common course. */
  readonly run: Partial<TrainingRun>;
}

export const TRAININGS: readonly Training[] = [
  { id: 'relu', run: { activation: 'relu' } },
  { id: 'trelu', run: { activation: 'trelu' } },
  // One-sided grids have as many values as the symmetric one of 4 levels on each side of 0.
  { id: 'trelu-grid', run: { activation: 'trelu', levels: 8 } },
  { id: 'qcfs', run: { activation: 'qcfs', levels: 8 } },
  { id: 'tleaky-relu', run: { activation: 'tleaky-relu' } },
  { id: 'strelu', run: { activation: 'strelu' } },
  { id: 'strelu-grid', run: { activation: 'strelu', levels: 4, shift: 1 } },
  {
    id: 'strelu-sparse',
    // Unshifted: a neuron at rest at -theta is clipped, and no price on its spikes can reach it.
    run: { activation: 'strelu', levels: 4, spikePenalty: 0.03 },
  },
  {
    id: 'strelu-rest-sparse',
    // Its control, the same without a price, is strelu-grid.
    run: { activation: 'strelu', levels: 4, shift: 1, spikePenalty: 0.03, spikeCode: 'rest' },
  },
];

const GREY: Partial<TrainingRun> = { model: 'cnn', width: 0.25, epochs: 3 };
const COLOUR: Partial<TrainingRun> = {
  model: 'vgg8',
  width: 0.25,
  epochs: 4,
  batchSize: 128,
  learningRate: 0.1,
  crop: 4,
  flip: true,
  whiten: true,
};

/** The common course: small enough that all networks of a data set take minutes on two cores. */
const COURSES: Readonly<Record<DatasetName, Partial<TrainingRun>>> = {
  strokes: { ...GREY, epochs: 2 },
  mnist: GREY,
  kmnist: GREY,
  emnist: GREY,
  'fashion-mnist': { ...GREY, epochs: 4, flip: true },
  'cifar-10': COLOUR,
  'cifar-100': COLOUR,
};

/** The course of a data set; of one's own images nothing is known, and nothing is mirrored. */
function courseOf(dataset: DatasetSource): Partial<TrainingRun> {
  return ownSource(dataset) ? GREY : COURSES[dataset.split(':', 1)[0] as DatasetName];
}

/** Images that are simulated unless the user says otherwise. */
export const TEST_IMAGES = 1000;

/** Test images that accuracy is measured on after each epoch of training; they decide nothing. */
const WATCHED = 1000;

/** What may be chosen about all trainings of a comparison; null: as the data set's course has it. */
export interface CourseChoices {
  readonly dataset: DatasetSource;
  /** How images of one's own are read; absent: as they are. */
  readonly words?: DataWords;
  readonly model: TrainingRun['model'] | null;
  readonly width: number | null;
  readonly epochs: number | null;
  /** Training images; null: all. */
  readonly limit: number | null;
  readonly seed: number;
}

/** The run of one training: its own fields on the data set's course, and what was chosen instead of the course. */
export function trainingRun(training: Training, choices: CourseChoices): TrainingRun {
  const { dataset, limit, seed } = choices;
  const own = { ...TRAINING_DEFAULTS, ...course(choices), ...training.run };
  return {
    ...own,
    shift: hasBatchNorms(own.model) ? own.shift : 0,
    dataset,
    ...(choices.words ?? NO_DATA_WORDS),
    limit,
    testLimit: WATCHED,
    seed,
  };
}

/** What all networks of a comparison have in common. */
export function course({ dataset, model, width, epochs }: CourseChoices): Partial<TrainingRun> {
  return {
    ...courseOf(dataset),
    ...(model !== null && { model }),
    ...(width !== null && { width }),
    ...(epochs !== null && { epochs }),
  };
}
