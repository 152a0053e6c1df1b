/**
 * @file Which images a command looks at.
 */
import type { Dataset } from '../data/dataset.ts';
import { UsageError } from '../errors.ts';
import { DATASET_NAMES, type DatasetName, openDataset, STROKES_COUNT } from '../io/open-dataset.ts';
import { choiceOrNull, integerOrNull, type Option } from './options.ts';

export type TestSetOptions = {
  readonly dataset: Option<DatasetName | null>;
  readonly limit: Option<number | null>;
};

export const TEST_SET_OPTIONS: TestSetOptions = {
  dataset: choiceOrNull(DATASET_NAMES, 'the one that the network was trained on', 'whose test images'),
  limit: integerOrNull(
    `all; strokes: ${STROKES_COUNT.test}`,
    'only the first N test images (strokes: draw N)',
    1,
  ),
};

/** What the helpers below need of a call. */
interface TestSetCall {
  readonly options: {
    readonly dataset: DatasetName | null;
    readonly limit: number | null;
    readonly data: string | null;
    readonly seed: number;
  };
  readonly config: Record<string, unknown>;
}

/**
 * The test images that the options ask for; a data set that is not named is the one in the network's provenance.
 * @throws UsageError when neither says which
 */
export async function openTestSet(
  call: TestSetCall,
  provenance: Readonly<Record<string, unknown>>,
): Promise<Dataset> {
  const { options, config } = call;
  const name = options.dataset ?? DATASET_NAMES.find((known) => known === provenance.dataset);
  if (!name)
    throw new UsageError(`--dataset is needed: the file does not say; one of ${DATASET_NAMES.join(', ')}`);
  const dataset = await openDataset(name, 'test', {
    directory: options.data ?? undefined,
    seed: options.seed,
    limit: options.limit ?? undefined,
  });
  config.dataset = name;
  config.limit = dataset.count;
  return dataset;
}

/** "2000 synthetic test digits (strokes, seed 1)" or "10000 test images of mnist". */
export function describeTestSet(dataset: Dataset, seed: number): string {
  return dataset.synthetic
    ? `${dataset.count} synthetic test digits (${dataset.name}, seed ${seed})`
    : `${dataset.count} test images of ${dataset.name}`;
}
