/**
 * @file The levers of the fixed course, and what the course is without each: one thing is taken away at a time.
 */
import { readFileSync } from 'node:fs';
import { InputError } from '../../src/errors.ts';
import { TRAINING_DEFAULTS, type TrainingRun } from '../../src/lab/index.ts';

type Part = Partial<TrainingRun>;

/** The course as it was fixed before its first measurement, and the rule by which levers are judged. */
export interface Course {
  readonly course: Part;
  /** What each activation adds to the course: the same number of values on every grid. */
  readonly activations: readonly { readonly id: string; readonly run: Part }[];
  readonly rule: { readonly seeds: readonly number[]; readonly better: string };
}

/** Also where this file was built and runs from dist/. */
const FILE = new URL(
  import.meta.url.endsWith('.ts') ? './course.json' : '../../../bench/levers/course.json',
  import.meta.url,
);

export function readCourse(): Course {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Course;
}

export interface Lever {
  readonly id: string;
  readonly says: string;
  /** What the course has instead, without it. */
  readonly without: Part;
}

/** The learning rate, momentum and decay of the recipes by plain gradient descent. */
const SGD: Part = {
  ...{
    optimizer: 'sgd',
    muonOf: 'weights',
    muonIterations: 5,
    weightNorm: false,
    learningRate: 0.1,
    momentum: 0.9,
  },
  ...{ weightDecay: 5e-4, normRate: 1, headRate: 1, headScale: 1 },
};

/** In the order of the table. */
export const LEVERS: readonly Lever[] = [
  { id: 'muon', says: 'Muon (sgd instead)', without: SGD },
  { id: 'weight-norm', says: 'weights of fixed norm', without: { weightNorm: false } },
  { id: 'rates', says: 'rates of shifts and head apart', without: { normRate: 1, headRate: 1 } },
  { id: 'fixed-scale', says: 'batch norms without a trained scale', without: { fixedScale: false } },
  { id: 'head-scale', says: 'scaled logits', without: { headScale: 1 } },
  { id: 'norm-scale', says: 'clips that hold twice the deviations', without: { normScale: 1 } },
  { id: 'dirac', says: 'Dirac filters', without: { dirac: false } },
  {
    id: 'whiten',
    says: 'whitening first layer, frozen',
    without: { whiten: false, frozenFirst: false, firstBiasEpochs: 0 },
  },
  { id: 'frozen', says: 'first layer frozen', without: { frozenFirst: false, firstBiasEpochs: 0 } },
  { id: 'first-bias', says: 'its bias only for three epochs', without: { firstBiasEpochs: 0 } },
  { id: 'shift', says: 'shift by theta (L20)', without: { shift: 0 } },
  { id: 'pooling', says: 'max pools (means before batch norms instead)', without: { pooling: 'before' } },
  { id: 'border', says: 'borders at rest (zeros instead)', without: { border: 'zero' } },
  {
    id: 'alternate',
    says: 'alternating flip (random flip instead)',
    without: { alternateFlip: false, flip: true },
  },
  { id: 'reflect', says: 'reflected border (mean colour instead)', without: { translate: 0, crop: 2 } },
  { id: 'smoothing', says: 'label smoothing', without: { labelSmoothing: 0 } },
  { id: 'fall', says: 'linear fall of the rate (half a cosine instead)', without: { fall: 'cosine' } },
  { id: 'norms', says: 'statistics taken anew before tests', without: { recomputeNorms: false } },
  { id: 'grid', says: 'grid of T = 4 in the last sixth', without: { levels: 0, continuousEpochs: 0 } },
];

/** What may be asked of a study beside the course. */
export interface Asked {
  readonly activation: string;
  readonly epochs: number | null;
  readonly limit: number | null;
  readonly validation: number | null;
  readonly dataset: TrainingRun['dataset'] | null;
  readonly width: number | null;
  readonly batchSize: number | null;
}

/**
 * The run of the full course, or of the course without one lever.
 * @throws InputError for an activation that the course does not have
 */
export function leverRun(course: Course, lever: Lever | null, asked: Asked, seed: number): TrainingRun {
  const own = course.activations.find(({ id }) => id === asked.activation);
  if (!own)
    throw new InputError(
      `course.json: expected one of ${course.activations.map(({ id }) => id).join(', ')}, found ${asked.activation}`,
    );
  const full = { ...TRAINING_DEFAULTS, ...course.course, ...own.run };
  const epochs = asked.epochs ?? full.epochs;
  const stretched = (count: number): number => Math.min(epochs, Math.round((count * epochs) / full.epochs));
  const run = {
    ...full,
    epochs,
    continuousEpochs: stretched(full.continuousEpochs),
    firstBiasEpochs: (full.firstBiasEpochs * epochs) / full.epochs,
    ...lever?.without,
    seed,
  };
  return {
    ...run,
    ...(asked.limit !== null && { limit: asked.limit }),
    ...(asked.validation !== null && { validation: asked.validation }),
    ...(asked.dataset !== null && { dataset: asked.dataset }),
    ...(asked.width !== null && { width: asked.width }),
    ...(asked.batchSize !== null && { batchSize: asked.batchSize }),
  };
}

/** Whether a lever does anything in this course: ReLU has no shift and no grid. */
export function applies(course: Course, lever: Lever, asked: Asked): boolean {
  const [full, without] = [leverRun(course, null, asked, 1), leverRun(course, lever, asked, 1)];
  if (lever.id === 'grid' && full.activation === 'qcfs') return false;
  return JSON.stringify(full) !== JSON.stringify(without);
}
