/**
 * @file A training run as files keep it, checkpoints and the provenance of model files: flat, under the names that the options of
 * `strelu train` have, so that a file can be read as the command that made it.
 */
import { InputError } from '../../errors.ts';
import { nameOf } from '../../format/fields.ts';
import { suggestion } from '../../near.ts';
import { NO_DATA_WORDS } from '../data-words.ts';
import { presentWords } from './former-names.ts';
import { TRAINING_DEFAULTS, type TrainingRun } from './training-run.ts';

/** Field of a run -> its name in files, in the order of the help. */
export const RECORD_NAMES = {
  recipe: 'recipe',
  dataset: 'dataset',
  split: 'split',
  size: 'size',
  channels: 'channels',
  names: 'names',
  mean: 'mean',
  std: 'std',
  model: 'model',
  width: 'width',
  activation: 'activation',
  thetaPer: 'theta-per',
  shift: 'shift',
  whiten: 'whiten',
  balanced: 'balanced',
  dirac: 'dirac',
  headScale: 'head-scale',
  normScale: 'norm-scale',
  pooling: 'pooling',
  border: 'border',
  levels: 'levels',
  layerLevels: 'layer-levels',
  rounding: 'rounding',
  continuousEpochs: 'continuous-epochs',
  spikePenalty: 'spike-penalty',
  spikeCode: 'spike-code',
  epochs: 'epochs',
  batchSize: 'batch-size',
  limit: 'limit',
  testLimit: 'test-limit',
  validation: 'validation',
  finalTest: 'final-test',
  optimizer: 'optimizer',
  learningRate: 'lr',
  fall: 'lr-fall',
  warmup: 'warmup',
  momentum: 'momentum',
  plainMomentum: 'plain-momentum',
  weightDecay: 'weight-decay',
  muonOf: 'muon-of',
  muonIterations: 'muon-iterations',
  weightNorm: 'weight-norm',
  normRate: 'norm-rate',
  normDecay: 'norm-decay',
  fixedScale: 'fixed-scale',
  headRate: 'head-rate',
  headDecay: 'head-decay',
  restHead: 'rest-head',
  frozenFirst: 'frozen-first',
  firstBiasEpochs: 'first-bias-epochs',
  thetaRate: 'theta-rate',
  thetaDecay: 'theta-decay',
  thetaFrom: 'theta-from',
  anneal: 'anneal',
  labelSmoothing: 'label-smoothing',
  ema: 'ema',
  lookahead: 'lookahead',
  lookaheadShare: 'lookahead-share',
  recomputeNorms: 'recompute-norms',
  from: 'from',
  teacher: 'teacher',
  teacherWeight: 'teacher-weight',
  temperature: 'temperature',
  crop: 'crop',
  flip: 'flip',
  alternateFlip: 'alternate-flip',
  translate: 'translate',
  autoAugment: 'auto-augment',
  cutout: 'cutout',
  testFlip: 'test-flip',
  seed: 'seed',
} as const;

type Names = typeof RECORD_NAMES;

/** The record of some fields of a run. */
export type RecordOf<R> = {
  readonly [Field in keyof R & keyof Names as Names[Field]]: R[Field];
};

export type RunRecord = RecordOf<TrainingRun>;

const FIELDS = Object.entries(RECORD_NAMES) as readonly (readonly [keyof TrainingRun, keyof RunRecord])[];

/** @param run all of a run, or only some of its fields */
export function recordOf<R extends Partial<TrainingRun>>(run: R): RecordOf<R> {
  const found = FIELDS.filter(([field]) => Object.hasOwn(run, field));
  return Object.fromEntries(found.map(([field, name]) => [name, run[field]])) as RecordOf<R>;
}

/** The other way round: the fields that a record has. */
export function fieldsOf<R extends Partial<RunRecord>>(record: R): Partial<TrainingRun> {
  const found = FIELDS.filter(([, name]) => Object.hasOwn(record, name));
  return Object.fromEntries(found.map(([field, name]) => [field, record[name]]));
}

/** @param record a whole one */
export const runOf = (record: RunRecord): TrainingRun => fieldsOf(record) as TrainingRun;

/** Options that files of earlier versions lack; without them a run was as their defaults say. */
const LATER = [
  ...(['validation', 'final-test', 'dirac', 'head-scale', 'pooling', 'layer-levels', 'lr-fall'] as const),
  ...(['muon-of', 'muon-iterations', 'weight-norm', 'norm-rate', 'norm-decay', 'fixed-scale'] as const),
  ...(['head-rate', 'head-decay', 'frozen-first', 'first-bias-epochs', 'lookahead'] as const),
  ...(['lookahead-share', 'recompute-norms', 'alternate-flip', 'translate', 'border', 'norm-scale'] as const),
  ...(['rest-head'] as const),
];

/** A record under the names of today, with what an earlier version did not write. */
export function completed(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const usual = recordOf(TRAINING_DEFAULTS);
  return {
    ...NO_DATA_WORDS,
    ...Object.fromEntries(LATER.map((name) => [name, usual[name]])),
    ...presentWords(record),
  };
}

/** What a record has beside the options: SHA-256 of the files that the run builds on. */
const DIGESTS = ['model-sha256', 'from-sha256', 'teacher-sha256'];

/**
 * A run from a file, where names may be former ones.
 * @param source the file to blame
 * @throws InputError naming what the record lacks, or what it has and no run knows
 */
export function readRun(record: Readonly<Record<string, unknown>>, source: string): TrainingRun {
  const present = completed(record);
  for (const [, name] of FIELDS)
    if (!Object.hasOwn(present, name))
      throw new InputError(
        `${source}: expected the run's ${name}, found none; it was written by another version`,
      );
  const names: readonly string[] = [...FIELDS.map(([, name]) => name), ...DIGESTS];
  const unknown = Object.keys(present).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new InputError(
      `${source}: the run has an option that this version does not know, ${nameOf(unknown)}; ${suggestion(unknown, names)}`,
    );
  return runOf(present as unknown as RunRecord);
}
