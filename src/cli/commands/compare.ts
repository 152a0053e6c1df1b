/**
 * @file `compare`: one data set, one architecture, every conversion method, the same images.
 */
import { UsageError } from '../../errors.ts';
import { sweepFolder } from '../../io/temporary-name.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { contenderNamed } from '../../lab/compare/contenders.ts';
import { trainingsOf } from '../../lab/compare/networks.ts';
import { dataWordsOf } from '../../lab/data-words.ts';
import type { Comparison } from '../../report/comparison.ts';
import { comparisonText } from '../../report/comparison-text.ts';
import { overSeeds } from '../../report/seeds/over-seeds.ts';
import { overSeedsText } from '../../report/seeds/over-seeds-text.ts';
import { type Command, defineCommand } from '../command.ts';
import { compareOnce, type SeedRun } from '../compare/compare-once.ts';
import { COMPARE_OPTIONS, type CompareCall } from '../compare/options.ts';
import { openOwnNetworks } from '../compare/own-networks.ts';
import { claimDataset } from '../options/claim-dataset.ts';
import { chooseBaseline } from '../options/contenders.ts';

export const compare: Command = defineCommand({
  name: 'compare',
  summary: 'activations and conversion methods beside each other, on one data set and architecture',
  description:
    'Trains one architecture with each activation, by the same course and seed, converts every network by each method, and ' +
    'simulates all on the same images: accuracy, spikes and energy by T, and the T each needs. Networks and results are kept in ' +
    '--cache by a hash of all that decides them: an interrupted comparison continues where it was, a repeated one is read.',
  positionals: [],
  options: COMPARE_OPTIONS,
  examples: [
    { line: 'strelu compare --dataset mnist --json runs/mnist.json', says: 'all contenders, T = 1 to 256' },
    {
      line: 'strelu compare --dataset mnist --limit 10000 --seeds 1,2,3,4,5 --json runs/seeds.json',
      says: 'all test images, five seeds: means, pairs and verdicts over all of them',
    },
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
    {
      line: 'strelu compare --dataset cifar-10 --networks runs/long --seeds 1,2 --methods relu-max,strelu-grid-half',
      says: 'on relu.safetensors and strelu-grid.safetensors of runs/long/seed-1 and runs/long/seed-2',
    },
  ],
  async run(call) {
    const { options, given, config, files, print } = call;
    const { dataset } = options;
    const contenders = options.methods.map(contenderNamed);
    const baseline = chooseBaseline(contenders, options.reference);
    if (options.markdown !== null) files.writes('--markdown', options.markdown);
    files.writesInto('--cache', options.cache);
    if (options.jobs > 1 && options.fresh)
      throw new UsageError('--jobs: expected no --fresh beside it, found both; name another --cache instead');
    if (options.width !== null && options.width > 64)
      throw new UsageError(`--width: expected at most 64, found ${options.width}`);
    const seeds = seedsOf(call);
    const trainings = trainingsOf(contenders);
    const own = await openOwnNetworks(options, trainings, given);
    for (const { networks } of own) for (const { path } of networks.values()) files.reads('--networks', path);
    const words = dataWordsOf(options);
    await claimDataset(files, dataset, words, options);
    await sweepFolder(options.cache);
    const runs: SeedRun[] = [];
    for (const [i, seed] of seeds.entries())
      runs.push(
        await compareOnce(call, {
          seed,
          several: seeds.length > 1,
          contenders,
          baseline,
          own: own[i]!,
          words,
        }),
      );
    const [first] = runs as [SeedRun];
    const { images } = first.comparison;
    if (own[0]!.networks.size < trainings.length) Object.assign(config, first.course);
    Object.assign(config, { reference: baseline, limit: images, seed: first.seed });
    const over = seeds.length > 1 ? overSeeds(runs) : null;
    const text = (markdown: boolean): string =>
      over ? overSeedsText(over, markdown) : comparisonText(first.comparison, markdown);
    print(text(false));
    if (options.markdown !== null) await writeAtomic(options.markdown, `${text(true)}\n`);
    const cached = runs.reduce((sum, run) => sum + run.cached, 0);
    const comparison = over ? withoutRight(first.comparison) : first.comparison;
    const result = { comparison, trainings: first.trainings, cached };
    if (!over) return { exit: 0, result };
    const trainingsBySeed = Object.fromEntries(runs.map(({ seed, trainings: of }) => [seed, of]));
    return { exit: 0, result: { ...result, overSeeds: over, trainingsBySeed } };
  },
});

/** @throws UsageError when seeds are asked for twice */
function seedsOf({ options, given }: CompareCall): readonly number[] {
  if (options.seeds.length === 0) return [options.seed];
  if (given.has('seed'))
    throw new UsageError('--seeds: expected no --seed beside it, found both; leave one of them out');
  return options.seeds;
}

/** What the pairs over seeds have in sums. */
const withoutRight = (comparison: Comparison): Comparison => ({
  ...comparison,
  contenders: comparison.contenders.map(({ right: _, ...contender }) => contender),
});
