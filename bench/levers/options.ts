/** @file What `npm run levers` understands. */
import { DATASET_NAMES, type DatasetName } from '../../src/io/open-dataset.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import {
  choice,
  choiceOrNull,
  integer,
  integerOrNull,
  type Option,
  realOrNull,
  text,
  textOr,
} from '../../src/terminal/options.ts';

const { data, workers, quiet } = COMMON_OPTIONS;

export type LeversOptions = {
  readonly activation: Option<'strelu' | 'qcfs' | 'trelu' | 'relu'>;
  readonly epochs: Option<number | null>;
  readonly seeds: Option<number>;
  readonly 'train-limit': Option<number | null>;
  readonly validation: Option<number | null>;
  readonly dataset: Option<DatasetName | null>;
  readonly width: Option<number | null>;
  readonly 'batch-size': Option<number | null>;
  readonly only: Option<string | null>;
  readonly dir: Option<string>;
  readonly json: Option<string | null>;
  readonly data: Option<string | null>;
  readonly workers: Option<number>;
  readonly quiet: Option<boolean>;
};

export const LEVERS_OPTIONS: LeversOptions = {
  activation: choice(['strelu', 'qcfs', 'trelu', 'relu'], 'strelu', 'the activation of the course'),
  epochs: integerOrNull("the course's", 'passes through the training images, in every run', 1),
  seeds: integer(1, "the first N of the course's seeds", 1, 5),
  'train-limit': integerOrNull('all', 'only the first N training images, validation images among them', 1),
  validation: integerOrNull("the course's", 'training images that are held out', 1),
  dataset: choiceOrNull(DATASET_NAMES, "the course's", 'data set'),
  width: realOrNull('multiplies the number of channels', 0.01),
  'batch-size': integerOrNull("the course's", 'images per step; rates stay as they are', 2, 65_536),
  only: text('NAME,...', 'only these levers'),
  dir: textOr('DIR', 'runs/levers', 'where networks are kept'),
  json: text('FILE', 'write the result as JSON'),
  data,
  workers,
  quiet,
};
