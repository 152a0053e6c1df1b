/** @file What `compare` can be told. */

import type { DatasetSource } from '../../io/dataset-names.ts';
import { CONTENDERS } from '../../lab/compare/contenders.ts';
import { MODELS, type ModelName } from '../../nn/models/index.ts';
import {
  choiceOrNull,
  flag,
  integer,
  integerOrNull,
  integers,
  type Option,
  realOrNull,
  text,
  textOr,
} from '../../terminal/options.ts';
import type { Call } from '../command.ts';
import { METHOD_OPTION } from '../options/contenders.ts';
import { DATA_OPTIONS, type DataOptions, datasetOption } from '../options/own-data.ts';

const POWERS = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;
const MODEL_NAMES = Object.keys(MODELS) as ModelName[];

export type CompareOptions = DataOptions & {
  readonly dataset: Option<DatasetSource>;
  readonly methods: Option<readonly string[]>;
  readonly reference: Option<string | null>;
  readonly seeds: Option<readonly number[]>;
  readonly steps: Option<readonly number[]>;
  readonly limit: Option<number | null>;
  readonly anatomy: Option<number>;
  readonly model: Option<ModelName | null>;
  readonly width: Option<number | null>;
  readonly epochs: Option<number | null>;
  readonly 'train-limit': Option<number | null>;
  readonly networks: Option<string | null>;
  readonly cache: Option<string>;
  readonly jobs: Option<number>;
  readonly fresh: Option<boolean>;
  readonly markdown: Option<string | null>;
};

export const COMPARE_OPTIONS: CompareOptions = {
  dataset: datasetOption(
    'strokes',
    'strokes',
    'strokes is drawn by the program; the others are files; folder, idx, npz and csv are images of your own',
  ),
  ...DATA_OPTIONS,
  methods: METHOD_OPTION,
  reference: choiceOrNull(
    CONTENDERS.filter(({ schedule }) => schedule === 'layered').map(({ id }) => id),
    'strelu-grid-half, else the next of ours',
    'the contender that ratios of T are taken against',
  ),
  seeds: {
    ...integers(
      [],
      'compare with each of these seeds, from the least on; table, pairs and verdicts are over all of them, and --json has these, the trainings of each and the comparison of the first',
      0,
      2 ** 32 - 1,
    ),
    shown: 'the one of --seed',
  },
  steps: integers(POWERS, 'the T that are measured', 1, 4096),
  limit: integerOrNull('1000', 'only the first N test images (strokes: draw N)', 1),
  anatomy: integer(50, 'take the error apart, layer by layer, on the first N images at T = 8; 0: not'),
  model: choiceOrNull(MODEL_NAMES, 'cnn; cifar-10: vgg8', 'architecture of all networks'),
  width: { ...realOrNull('multiplies the number of channels', 0.01), shown: '0.25' },
  epochs: integerOrNull(
    'by data set, 2 to 6',
    'passes through the training images, in every training',
    1,
    100_000,
  ),
  'train-limit': integerOrNull('all', 'train on the first N images only (strokes: draw N)', 1),
  networks: text(
    'DIR',
    'trained networks of your own, relu.safetensors, strelu-grid.safetensors, ...; what is not there is trained; with --seeds each seed has a folder there, seed-1, seed-2, ...',
  ),
  cache: textOr('DIR', 'runs/compare', 'networks and results, by what decides them'),
  jobs: integer(
    1,
    'contenders at a time, each a process on one thread; 1: one after the other on all threads; the results do not depend on it',
    1,
    256,
  ),
  fresh: flag('train and measure anew, whatever the cache has'),
  markdown: text('FILE', 'also write the tables as Markdown'),
};

export type CompareCall = Call<CompareOptions>;
