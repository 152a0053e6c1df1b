/**
 * @file Which images a command looks at.
 */
import type { Dataset } from '../../data/dataset.ts';
import { UsageError } from '../../errors.ts';
import { DATASET_NAMES, type DatasetName, STROKES_COUNT } from '../../io/open-dataset.ts';
import { learnedDataset, openNetworkDataset } from '../../lab/network-dataset.ts';
import { choiceOrNull, integerOrNull, type Option } from '../../terminal/options.ts';

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

/** What of a call decides the test set. */
interface TestSetCall {
  readonly options: {
    readonly dataset: DatasetName | null;
    readonly limit: number | null;
    readonly data: string | null;
    readonly seed: number;
  };
  readonly given: ReadonlySet<string>;
  readonly config: Record<string, unknown>;
}

/** Test images, and how to call them: "2000 synthetic test digits (strokes, seed 1)". */
export interface TestSet {
  readonly dataset: Dataset;
  readonly words: string;
}

/**
 * The test images that the options ask for; a data set or seed that is not given is the one in the network's provenance.
 * @throws UsageError when neither says which
 */
export async function openTestSet(
  { options, given, config }: TestSetCall,
  provenance: Readonly<Record<string, unknown>>,
): Promise<TestSet> {
  if (!options.dataset && !learnedDataset(provenance))
    throw new UsageError(`--dataset is needed: the file does not say; one of ${DATASET_NAMES.join(', ')}`);
  const { dataset, name, seed } = await openNetworkDataset(provenance, 'test', {
    name: options.dataset,
    seed: given.has('seed') ? options.seed : null,
    limit: options.limit,
    directory: options.data,
  });
  Object.assign(config, { dataset: name, limit: dataset.count, seed });
  const words = dataset.synthetic
    ? `${dataset.count} synthetic test digits (${name}, seed ${seed})`
    : `${dataset.count} test images of ${name}`;
  return { dataset, words };
}
