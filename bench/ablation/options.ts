/** @file What `npm run ablation` understands. */
import { DATASET_NAMES, type DatasetName } from '../../src/io/open-dataset.ts';
import { MODELS, type ModelName } from '../../src/nn/models/index.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { choice, integer, integers, type Option, real, text, textOr } from '../../src/terminal/options.ts';

const { data, workers, quiet } = COMMON_OPTIONS;

export type AblationOptions = {
  readonly dataset: Option<DatasetName>;
  readonly model: Option<ModelName>;
  readonly width: Option<number>;
  readonly epochs: Option<number>;
  readonly limit: Option<number>;
  readonly steps: Option<readonly number[]>;
  readonly images: Option<number>;
  readonly dir: Option<string>;
  readonly json: Option<string | null>;
  readonly data: Option<string | null>;
  readonly workers: Option<number>;
  readonly quiet: Option<boolean>;
};

export const ABLATION_OPTIONS: AblationOptions = {
  dataset: choice(DATASET_NAMES, 'cifar-10', 'data set'),
  model: choice(Object.keys(MODELS) as ModelName[], 'vgg8', 'architecture'),
  width: real(0.25, 'multiplies its channels', 0.01, 64),
  epochs: integer(3, 'passes through the training images, for each change', 1),
  limit: integer(60_000, 'only the first N training images', 1),
  steps: integers([2, 4, 8, 32], 'T of the spiking networks', 1, 1024),
  images: integer(1000, 'test images for the spiking networks', 1),
  dir: textOr('DIR', 'runs/ablation', 'where networks and results are kept'),
  json: text('FILE', 'write the result as JSON'),
  data,
  workers,
  quiet,
};
