/**
 * @file One trained network of a comparison: from the cache, or trained now, from its checkpoint where an earlier comparison was
 * interrupted. Where another process trains it at the moment, its result is waited for.
 */
import { lockFile } from '../../io/file-lock.ts';
import { isFile } from '../../io/files.ts';
import { labelled } from '../../progress.ts';
import { percent } from '../../report/format.ts';
import { type NetworkFile, openNetwork } from '../training/network-file.ts';
import { checkpointPath, loadRun, type SavedRun } from '../training/saved-run.ts';
import { trainToFile } from '../training/train-to-file.ts';
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
  const lock = await lockFile(out, {
    wait: (holder) => progress.note(`waits for ${holder}, which trains it`),
  });
  try {
    if (!cache.fresh && (await isFile(out))) {
      progress.note(out);
      return await openNetwork(out);
    }
    const resume = cache.fresh ? null : await interruptedRun(checkpointPath(out), progress.note);
    const request = { runtime, run, out, directory, resume, progress, lock };
    const { accuracy, testImages } = await trainToFile(request);
    progress.note(`${percent(accuracy)} % on ${testImages} test images`);
    return await openNetwork(out);
  } finally {
    lock.release();
  }
}

async function interruptedRun(path: string, note: (line: string) => void): Promise<SavedRun | null> {
  if (!(await isFile(path))) return null;
  try {
    return await loadRun(path);
  } catch {
    note(`${path}: damaged; trained from the start`);
    return null;
  }
}
