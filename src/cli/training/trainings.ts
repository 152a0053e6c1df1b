/**
 * @file The networks that a comparison starts from: one architecture and one course of training per data set, and for
 * each activation only what makes it that activation. Methods that share an activation share its network.
 */
import type { DatasetName } from '../../io/open-dataset.ts';
import { hasBatchNorms } from '../../nn/models/index.ts';
import type { Values } from '../../terminal/options.ts';
import { RUN_OPTIONS, type RunOptions } from '../options/training.ts';

/** Every option of `train`, and its seed: these fix every bit of a network. */
export type TrainingRun = Values<RunOptions> & { readonly seed: number };

export interface Training {
  readonly id: string;
  /** What sets it apart from the common course. */
  readonly options: Partial<Values<RunOptions>>;
}

export const TRAININGS: readonly Training[] = [
  { id: 'relu', options: { activation: 'relu' } },
  { id: 'trelu', options: { activation: 'trelu' } },
  { id: 'qcfs', options: { activation: 'qcfs', levels: 4 } },
  { id: 'tleaky-relu', options: { activation: 'tleaky-relu' } },
  { id: 'strelu', options: { activation: 'strelu' } },
  { id: 'strelu-grid', options: { activation: 'strelu', levels: 4, shift: 1 } },
  {
    id: 'strelu-sparse',
    // Unshifted: a neuron at rest at -theta is clipped, and no price on its spikes can reach it.
    options: { activation: 'strelu', levels: 4, 'spike-penalty': 0.03 },
  },
];

/** The common course: small enough that all networks of a data set take minutes on two cores. */
export const COURSES: Readonly<Record<DatasetName, Partial<Values<RunOptions>>>> = {
  strokes: { model: 'cnn', width: 0.25, epochs: 2 },
  mnist: { model: 'cnn', width: 0.25, epochs: 3 },
  'fashion-mnist': { model: 'cnn', width: 0.25, epochs: 4, flip: true },
  'cifar-10': {
    model: 'vgg8',
    width: 0.25,
    epochs: 4,
    'batch-size': 128,
    lr: 0.1,
    crop: 4,
    flip: true,
    whiten: true,
  },
};

/** Images that are simulated unless the user says otherwise. */
export const TEST_IMAGES: Readonly<Record<DatasetName, number>> = {
  strokes: 1000,
  mnist: 1000,
  'fashion-mnist': 1000,
  'cifar-10': 1000,
};

/** Test images that accuracy is measured on after each epoch of training: for the eye, it decides nothing. */
const WATCHED = 1000;

export interface CourseChoices {
  readonly dataset: DatasetName;
  readonly model: TrainingRun['model'] | null;
  readonly width: number | null;
  readonly epochs: number | null;
  /** Training images. */
  readonly limit: number | null;
  readonly seed: number;
}

/** The run of one training: its own options on the data set's course, and what the user chose instead of the course. */
export function trainingRun(training: Training, choices: CourseChoices): TrainingRun {
  const defaults = Object.fromEntries(
    Object.entries(RUN_OPTIONS).map(([name, option]) => [name, option.fallback]),
  ) as Values<RunOptions>;
  const { dataset, limit, seed } = choices;
  const own = { ...defaults, ...course(choices), ...training.options };
  return {
    ...own,
    shift: hasBatchNorms(own.model) ? own.shift : 0,
    dataset,
    limit,
    'test-limit': WATCHED,
    seed,
  };
}

/** What all networks of a comparison have in common. */
export function course({ dataset, model, width, epochs }: CourseChoices): Partial<Values<RunOptions>> {
  return {
    ...COURSES[dataset],
    ...(model !== null && { model }),
    ...(width !== null && { width }),
    ...(epochs !== null && { epochs }),
  };
}

/** The words after `strelu train` that make the same network. */
export function trainingWords(run: TrainingRun): string {
  const words = Object.entries(RUN_OPTIONS).flatMap(([name, option]) => {
    const value = run[name as keyof RunOptions];
    if (value === option.fallback || value === null) return [];
    return value === true ? [`--${name}`] : [`--${name} ${value}`];
  });
  return [...words, `--seed ${run.seed}`].join(' ');
}
