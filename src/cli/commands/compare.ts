/**
 * @file `compare`: one data set, one architecture, every conversion method, the same images.
 */
import { UsageError } from '../../errors.ts';
import { openDataset } from '../../io/open-dataset.ts';
import { sweepFolder } from '../../io/temporary-name.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { compareContenders } from '../../lab/compare/compare-contenders.ts';
import { CONTENDERS, contenderNamed } from '../../lab/compare/contenders.ts';
import { type Networks, obtainNetworks, ownNetworks, trainingsOf } from '../../lab/compare/networks.ts';
import type { Setting } from '../../lab/compare/setting.ts';
import { course, TEST_IMAGES, type Training } from '../../lab/compare/trainings.ts';
import { dataWordsOf, openOptionsOf } from '../../lab/data-words.ts';
import { datasetDigest } from '../../lab/dataset-digest.ts';
import { recordOf } from '../../lab/training/run-record.ts';
import { MODELS, type ModelName } from '../../nn/models/index.ts';
import { comparisonText } from '../../report/comparison-text.ts';
import {
  choiceOrNull,
  flag,
  integer,
  integerOrNull,
  integers,
  realOrNull,
  text,
  textOr,
} from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { compareInJobs, TRAINING_OPTIONS } from '../compare/compare-in-jobs.ts';
import { claimDataset } from '../options/claim-dataset.ts';
import { chooseBaseline, METHOD_OPTION } from '../options/contenders.ts';
import { DATA_OPTIONS, datasetOption } from '../options/own-data.ts';
import { openRuntime } from '../options/runtime.ts';

const POWERS = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;
const MODEL_NAMES = Object.keys(MODELS) as ModelName[];

export const compare: Command = defineCommand({
  name: 'compare',
  summary: 'activations and conversion methods beside each other, on one data set and architecture',
  description:
    'Trains one architecture with each activation, by the same course and seed, converts every network by each method, and ' +
    'simulates all on the same images: accuracy, spikes and energy by T, and the T each needs. Networks and results are kept in ' +
    '--cache by a hash of all that decides them: an interrupted comparison continues where it was, a repeated one is read.',
  positionals: [],
  options: {
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
      'trained networks of your own, relu.safetensors, strelu-grid.safetensors, ...; what is not there is trained',
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
  },
  examples: [
    { line: 'strelu compare --dataset mnist --json runs/mnist.json', says: 'all contenders, T = 1 to 256' },
    {
      line: 'strelu compare --dataset cifar-10 --methods qcfs,trelu,strelu-grid-half --steps 1,2,4,8,16,32',
      says: 'three contenders on a small VGG',
    },
    {
      line: 'strelu compare --dataset mnist --jobs 4 --json runs/mnist.json',
      says: 'four contenders at a time: the same comparison',
    },
    {
      line: 'strelu compare --dataset cifar-10 --networks runs/long --limit 10000 --markdown runs/table.md',
      says: 'on networks trained before, all test images, with the tables as Markdown',
    },
  ],
  async run(call) {
    const { options, given, config, files, progress, print } = call;
    const { dataset, steps, seed, kernels } = options;
    const contenders = options.methods.map(contenderNamed);
    const baseline = chooseBaseline(contenders, options.reference);
    if (options.markdown !== null) files.writes('--markdown', options.markdown);
    files.writesInto('--cache', options.cache);
    if (options.jobs > 1 && options.fresh)
      throw new UsageError('--jobs: expected no --fresh beside it, found both; name another --cache instead');
    if (options.width !== null && options.width > 64)
      throw new UsageError(`--width: expected at most 64, found ${options.width}`);
    const trainings = trainingsOf(contenders);
    const own = await openOwn(options.networks, trainings, given);
    for (const { path } of own.values()) files.reads('--networks', path);
    const directory = options.data ?? undefined;
    const words = dataWordsOf(options);
    await claimDataset(files, dataset, words, options);
    const limit = options.limit ?? TEST_IMAGES;
    const test = await openDataset(dataset, 'test', {
      ...openOptionsOf(words),
      ...{ directory, seed, limit, decoders: options.workers - 1 },
    });
    const choices = { ...options, words, limit: options['train-limit'] };
    Object.assign(config, recordOf(course(choices)), { reference: baseline, limit: test.count });
    await sweepFolder(options.cache);
    const runtime = openRuntime(options);
    try {
      const cache = { folder: options.cache, fresh: options.fresh };
      const testDigest = datasetDigest(test);
      const setting: Setting = {
        dataset,
        words,
        test,
        testDigest,
        directory,
        seed,
        kernels,
        runtime,
        cache,
        progress,
      };
      const wanted = { contenders, baseline, testDigest, own: [...own.keys()] };
      const computed = options.jobs === 1 ? 0 : await compareInJobs(call, wanted);
      const { networks, origins } = await obtainNetworks(setting, trainings, choices, own);
      const plan = { contenders, baseline, steps, anatomy: options.anatomy };
      const { comparison, hits } = await compareContenders(setting, plan, networks);
      print(comparisonText(comparison));
      if (options.markdown !== null)
        await writeAtomic(options.markdown, `${comparisonText(comparison, true)}\n`);
      return { exit: 0, result: { comparison, trainings: origins, cached: hits - computed } };
    } finally {
      runtime.close();
    }
  },
});

/**
 * The networks of `--networks DIR`.
 * @throws UsageError when it has none that is needed, or all, so that an option of training would change nothing
 */
async function openOwn(
  folder: string | null,
  trainings: readonly Training[],
  given: ReadonlySet<string>,
): Promise<Networks> {
  if (folder === null) return new Map();
  const own = await ownNetworks(folder, trainings);
  if (own.size === 0)
    throw new UsageError(
      `--networks ${folder} would change nothing: expected one of ${trainings.map(({ id }) => `${id}.safetensors`).join(', ')} there, found none`,
    );
  const useless = TRAINING_OPTIONS.find((name) => given.has(name));
  if (useless && own.size === trainings.length)
    throw new UsageError(`--${useless} would change nothing here: every network is in --networks ${folder}`);
  return own;
}
