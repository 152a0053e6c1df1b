/** @file One trained network of a comparison: from the cache, or trained now. */
import { labelled } from '../../progress.ts';
import { percent } from '../../report/format.ts';
import type { NetworkFile } from '../training/network-file.ts';
import { openOrTrain } from '../training/open-or-train.ts';
import type { TrainingRun } from '../training/training-run.ts';
import { cachePath } from './cache.ts';
import type { Setting } from './setting.ts';

/** Where the cache has the network of a training, or will have it. */
export const trainedPath = ({ cache, kernels, runtime }: Setting, name: string, run: TrainingRun): string =>
  cachePath(
    cache,
    name,
    { kind: 'network', run, kernels, deterministic: runtime.team.deterministic },
    'safetensors',
  );

/** @param name of the training, for messages and the file's name */
export async function trainOnce(setting: Setting, name: string, run: TrainingRun): Promise<NetworkFile> {
  const { cache, runtime, directory } = setting;
  const progress = labelled(setting.progress, `network ${name}`);
  const out = trainedPath(setting, name, run);
  const { file, trained } = await openOrTrain({ runtime, run, out, directory, progress, fresh: cache.fresh });
  progress.note(trained ? `${percent(trained.accuracy)} % on ${trained.testImages} test images` : out);
  return file;
}
