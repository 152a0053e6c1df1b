/**
 * @file Which images a command looks at.
 */
import type { Dataset } from '../../data/dataset.ts';
import { UsageError } from '../../errors.ts';
import { DATASET_NAMES, type DatasetSource, SOURCE_WORDS } from '../../io/dataset-names.ts';
import { STROKES_COUNT } from '../../io/open-dataset.ts';
import { type DataWords, dataWordsOf } from '../../lab/data-words.ts';
import { learnedWords } from '../../lab/learned-words.ts';
import { type Learner, learnedDataset, openNetworkDataset } from '../../lab/network-dataset.ts';
import type { Progress } from '../../progress.ts';
import { integerOrNull, type Option } from '../../terminal/options.ts';
import type { CommandFiles } from '../command-files.ts';
import { claimDataset } from './claim-dataset.ts';
import { DATA_OPTIONS, datasetOption } from './own-data.ts';

export type TestSetOptions = { readonly [Word in keyof DataWords]: Option<DataWords[Word]> } & {
  readonly dataset: Option<DatasetSource | null>;
  readonly limit: Option<number | null>;
};

export const TEST_SET_OPTIONS: TestSetOptions = {
  dataset: datasetOption(null, 'the one that the network was trained on', 'whose test images'),
  ...DATA_OPTIONS,
  limit: integerOrNull(
    `all; strokes: ${STROKES_COUNT.test}`,
    'only the first N test images (strokes: draw N)',
    1,
  ),
};

/** What of a call decides the test set. */
interface TestSetCall {
  readonly options: DataWords & {
    readonly dataset: DatasetSource | null;
    readonly limit: number | null;
    readonly data: string | null;
    readonly workers: number;
    readonly seed: number;
  };
  readonly given: ReadonlySet<string>;
  readonly config: Record<string, unknown>;
  readonly files: CommandFiles;
  readonly progress: Progress;
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
  { options, given, config, files, progress }: TestSetCall,
  network: Learner,
): Promise<TestSet> {
  const source = options.dataset ?? learnedDataset(network.provenance);
  if (!source)
    throw new UsageError(
      `--dataset is needed: the file does not say; one of ${DATASET_NAMES.join(', ')}, ${SOURCE_WORDS}`,
    );
  await claimDataset(files, source, learnedWords(network.provenance, source, dataWordsOf(options)), options);
  const { dataset, name, seed } = await openNetworkDataset(network, 'test', {
    name: options.dataset,
    words: dataWordsOf(options),
    note: progress.note,
    seed: given.has('seed') ? options.seed : null,
    limit: options.limit,
    directory: options.data,
    decoders: options.workers - 1,
  });
  Object.assign(config, { dataset: name, limit: dataset.count, seed });
  const words = dataset.synthetic
    ? `${dataset.count} synthetic test digits (${name}, seed ${seed})`
    : `${dataset.count} test images of ${name}`;
  return { dataset, words };
}
