/**
 * @file What each part of a training run may be: the bounds that the options of `strelu train` have too (a test holds the two together),
 * for runs that come from a file.
 */
import { InputError } from '../../errors.ts';
import { isDatasetSource } from '../../io/dataset-names.ts';
import { ACTIVATIONS } from '../../nn/activations/index.ts';
import { CONV_BORDERS, POOLINGS } from '../../nn/models/build.ts';
import { MODELS } from '../../nn/models/index.ts';
import { isNames, parseNumbers, parsePositive, parseSize } from '../data-words.ts';
import { parseLevels } from './layer-levels.ts';
import { TRAINING_RECIPES } from './recipes.ts';
import type { RunRecord } from './run-record.ts';

export interface Limit {
  /** 'a whole number from 1 to 100' */
  readonly says: string;
  readonly allows: (value: unknown) => boolean;
}

const whole = (low = 0, high: number = Number.MAX_SAFE_INTEGER): Limit => ({
  says: `a whole number from ${low} to ${high}`,
  allows: (value) => Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high,
});

const real = (low = 0, high: number = Number.POSITIVE_INFINITY): Limit => ({
  says: `a number from ${low} to ${high}`,
  allows: (value) => Number.isFinite(value) && (value as number) >= low && (value as number) <= high,
});

const oneOf = (...words: readonly unknown[]): Limit => ({
  says: `one of ${words.join(', ')}`,
  allows: (value) => words.includes(value),
});

const where = (says: string, allows: (text: string) => boolean): Limit => ({
  says,
  allows: (value) => typeof value === 'string' && value !== '' && allows(value),
});

/** What a function reads without an error. */
const readBy = (says: string, read: (text: string) => unknown): Limit =>
  where(says, (text) => {
    try {
      read(text);
      return true;
    } catch {
      return false;
    }
  });

const orNull = ({ says, allows }: Limit): Limit => ({
  says: `${says}, or null`,
  allows: (value) => value === null || allows(value),
});

const flag = oneOf(true, false);
const text = where('a text', () => true);

/** Of every part of a run, under its name in files. */
export const RUN_LIMITS: { readonly [Name in keyof RunRecord]: Limit } = {
  recipe: orNull(oneOf(...TRAINING_RECIPES.map(({ name }) => name))),
  dataset: where('the name of a data set', isDatasetSource),
  split: orNull({ ...real(0, 1), allows: (value) => typeof value === 'number' && value > 0 && value < 1 }),
  size: orNull(readBy('height and width as 32x32', parseSize)),
  channels: orNull(oneOf(1, 3)),
  names: orNull(where('two or four names with commas between them', isNames)),
  mean: orNull(readBy('one number or three', parseNumbers)),
  std: orNull(readBy('one number above 0, or three', parsePositive)),
  model: where(
    `one of ${Object.keys(MODELS).join(', ')}, or a file in JSON`,
    (name) => Object.hasOwn(MODELS, name) || name.endsWith('.json'),
  ),
  width: real(0.01, 64),
  activation: oneOf(...Object.keys(ACTIVATIONS)),
  'theta-per': oneOf('layer', 'channel'),
  shift: real(0, 4),
  whiten: flag,
  balanced: flag,
  dirac: flag,
  'head-scale': real(0),
  'norm-scale': real(1e-3, 1e3),
  pooling: orNull(oneOf(...POOLINGS)),
  border: oneOf(...CONV_BORDERS),
  levels: whole(0, 256),
  'layer-levels': orNull(readBy('whole numbers from 0 to 256 with commas between them', parseLevels)),
  rounding: oneOf('round', 'truncate'),
  'continuous-epochs': whole(),
  'spike-penalty': real(),
  'spike-code': oneOf('half', 'rest'),
  epochs: whole(1, 100_000),
  'batch-size': whole(1, 65_536),
  limit: orNull(whole(1)),
  'test-limit': orNull(whole(1)),
  validation: whole(),
  'final-test': flag,
  optimizer: oneOf('sgd', 'adam', 'muon'),
  lr: real(1e-9, 100),
  'lr-fall': oneOf('cosine', 'linear'),
  warmup: real(),
  momentum: real(0, 0.9999),
  'plain-momentum': flag,
  'weight-decay': real(),
  'muon-of': oneOf('weights', 'convolutions'),
  'muon-iterations': whole(1, 100),
  'weight-norm': flag,
  'norm-rate': real(),
  'norm-decay': real(),
  'fixed-scale': flag,
  'head-rate': real(),
  'head-decay': orNull(real()),
  'rest-head': flag,
  'frozen-first': flag,
  'first-bias-epochs': real(),
  'theta-rate': real(),
  'theta-decay': real(),
  'theta-from': real(1, 1000),
  anneal: real(),
  'label-smoothing': real(0, 0.999),
  ema: real(0, 0.999999),
  lookahead: whole(),
  'lookahead-share': real(0.001, 1),
  'recompute-norms': flag,
  from: orNull(text),
  teacher: orNull(text),
  'teacher-weight': real(0, 1),
  temperature: real(0.01, 1000),
  crop: whole(0, 64),
  flip: flag,
  'alternate-flip': flag,
  translate: whole(0, 64),
  'auto-augment': flag,
  cutout: whole(0, 64),
  'test-flip': flag,
  seed: whole(0, 2 ** 32 - 1),
};

/**
 * @param source the file to blame
 * @throws InputError naming the part of the run that no option would take
 */
export function checkRun(record: RunRecord, source: string): void {
  for (const [name, { says, allows }] of Object.entries(RUN_LIMITS)) {
    const value = record[name as keyof RunRecord];
    if (allows(value)) continue;
    throw new InputError(
      `${source}: expected the run's ${name} to be ${says}, found ${brief(value)}; the file is damaged, remove it`,
    );
  }
}

function brief(value: unknown): string {
  const shown = typeof value === 'object' && value !== null ? 'something else' : String(value);
  return shown.length > 40 ? `${shown.slice(0, 37)}...` : shown;
}
