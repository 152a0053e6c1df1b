/**
 * @file Which images a command looks at.
 */
import type { Dataset } from '../../data/dataset.ts';
import { UsageError } from '../../errors.ts';
import { DATASET_NAMES, type DatasetName, openDataset, STROKES_COUNT } from '../../io/open-dataset.ts';
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

/** What the helpers below need of a call. */
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
  call: TestSetCall,
  provenance: Readonly<Record<string, unknown>>,
): Promise<TestSet> {
  const { options, given, config } = call;
  const name = options.dataset ?? DATASET_NAMES.find((known) => known === provenance.dataset);
  if (!name)
    throw new UsageError(`--dataset is needed: the file does not say; one of ${DATASET_NAMES.join(', ')}`);
  const seed = !given.has('seed') && typeof provenance.seed === 'number' ? provenance.seed : options.seed;
  const dataset = await openDataset(name, 'test', {
    directory: options.data ?? undefined,
    seed,
    limit: options.limit ?? undefined,
  });
  Object.assign(config, { dataset: name, limit: dataset.count, seed });
  const words = dataset.synthetic
    ? `${dataset.count} synthetic test digits (${name}, seed ${seed})`
    : `${dataset.count} test images of ${name}`;
  return { dataset, words };
}
