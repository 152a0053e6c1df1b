/** @file `compare` with one seed: images, networks and every contender. */
import { openDataset } from '../../io/open-dataset.ts';
import { compareContenders } from '../../lab/compare/compare-contenders.ts';
import type { Contender } from '../../lab/compare/contenders.ts';
import { knownContenders } from '../../lab/compare/known-contenders.ts';
import { obtainNetworks, trainingsOf } from '../../lab/compare/networks.ts';
import type { Setting } from '../../lab/compare/setting.ts';
import { course, TEST_IMAGES } from '../../lab/compare/trainings.ts';
import { type DataWords, openOptionsOf } from '../../lab/data-words.ts';
import { datasetDigest } from '../../lab/dataset-digest.ts';
import { recordOf } from '../../lab/training/run-record.ts';
import { labelled } from '../../progress.ts';
import type { SeedComparison } from '../../report/seeds/over-seeds.ts';
import { openRuntime } from '../options/runtime.ts';
import { compareInJobs } from './compare-in-jobs.ts';
import type { CompareCall } from './options.ts';
import type { OwnNetworks } from './own-networks.ts';

interface Asked {
  readonly seed: number;
  /** Whether there are other seeds. */
  readonly several: boolean;
  readonly contenders: readonly Contender[];
  readonly baseline: string;
  readonly own: OwnNetworks;
  readonly words: DataWords;
}

export interface SeedRun extends SeedComparison {
  readonly course: Readonly<Record<string, unknown>>;
  readonly trainings: Readonly<Record<string, string>>;
  /** Contenders that the cache had. */
  readonly cached: number;
}

/** The comparison with one seed. */
export async function compareOnce(
  call: CompareCall,
  { seed, several, contenders, baseline, own, words }: Asked,
): Promise<SeedRun> {
  const options = { ...call.options, seed, networks: own.folder };
  const { dataset, kernels, steps } = options;
  const progress = several ? labelled(call.progress, `seed ${seed}`) : call.progress;
  const directory = options.data ?? undefined;
  const limit = options.limit ?? TEST_IMAGES;
  const test = await openDataset(dataset, 'test', {
    ...openOptionsOf(words),
    ...{ directory, seed, limit, decoders: options.workers - 1 },
  });
  const trainings = trainingsOf(contenders);
  const choices = { ...options, words, limit: options['train-limit'] };
  const runtime = openRuntime(options);
  try {
    const cache = { folder: options.cache, fresh: options.fresh };
    const testDigest = datasetDigest(test);
    const data = { dataset, words, test, testDigest, directory };
    const setting: Setting = { ...data, seed, kernels, runtime, cache, progress };
    const plan = { contenders, baseline, steps, anatomy: options.anatomy };
    let computed = 0;
    if (options.jobs > 1) {
      const known = await knownContenders(setting, plan, trainings, choices, own.networks);
      const wanted = { contenders, baseline, testDigest, own: [...own.networks.keys()], known };
      // a job is told the seed, and none of the others
      const given = new Set([...call.given, 'seed']);
      computed = await compareInJobs({ ...call, options, given, progress }, wanted);
    }
    const { networks, origins } = await obtainNetworks(setting, trainings, choices, own.networks);
    const { comparison, hits } = await compareContenders(setting, plan, networks);
    const found = { seed, comparison, trainings: origins, cached: hits - computed };
    return { ...found, course: recordOf(course(choices)) };
  } finally {
    runtime.close();
  }
}
