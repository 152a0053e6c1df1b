/**
 * @file One trained network of a comparison: from the cache, or trained now by the trainer, from its checkpoint if there is one.
 */
import { rm } from 'node:fs/promises';
import { isFile } from '../../io/files.ts';
import { encodeModel } from '../../io/model-file.ts';
import { openDataset } from '../../io/open-dataset.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { cachePath } from '../../lab/compare/cache.ts';
import { type NetworkFile, openNetwork } from '../../lab/compare/network-file.ts';
import { type Lab, trainingImages } from '../../lab/compare/setting.ts';
import { packageVersion } from '../../lab/version.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { labelled } from '../../progress.ts';
import { percent } from '../../report/format.ts';
import type { Checkpoint } from '../../train/checkpoint.ts';
import { checkpointPath } from './resume.ts';
import { loadRun, saveRun } from './saved-run.ts';
import { trainRun } from './train-run.ts';
import type { TrainingRun } from './trainings.ts';

/** @param name of the training, for messages and the file's name */
export async function trainOnce(lab: Lab, name: string, run: TrainingRun): Promise<NetworkFile> {
  const progress = labelled(lab.progress, `network ${name}`);
  const path = cachePath(lab.cache, name, { kind: 'network', run, kernels: lab.kernels }, 'safetensors');
  if (!lab.cache.fresh && (await isFile(path))) {
    progress.note(path);
    return openNetwork(path);
  }
  const checkpoints = checkpointPath(path);
  const resume = lab.cache.fresh ? null : await lastCheckpoint(checkpoints, progress.note);
  await writeAtomic(path, encodeModel(await train(lab, run, checkpoints, resume, progress)));
  await rm(checkpoints, { force: true });
  return openNetwork(path);
}

async function train(
  lab: Lab,
  run: TrainingRun,
  checkpoints: string,
  resume: Checkpoint | null,
  progress: Lab['progress'],
): Promise<TrainedNetwork> {
  const { runtime, directory, seed } = lab;
  const test = { directory, seed, limit: run['test-limit'] ?? undefined };
  const data = {
    train: await trainingImages(lab, run.limit),
    test: await openDataset(run.dataset, 'test', test),
  };
  const { network, accuracy } = await trainRun({
    runtime,
    run,
    data,
    progress,
    resume: resume ?? undefined,
    save: (checkpoint, totalSteps) => saveRun(checkpoints, { checkpoint, totalSteps, run }),
  });
  progress.note(`${percent(accuracy)} % on ${data.test.count} test images`);
  const given = Object.entries(run).filter((entry): entry is [string, Plain] => entry[1] !== null);
  return {
    ...network,
    provenance: { version: packageVersion(), ...Object.fromEntries(given), accuracy },
  };
}

type Plain = string | number | boolean;

/** Of an earlier comparison that ended too soon. */
async function lastCheckpoint(path: string, note: (line: string) => void): Promise<Checkpoint | null> {
  if (!(await isFile(path))) return null;
  try {
    return (await loadRun(path)).checkpoint;
  } catch {
    note(`${path}: damaged; trained from the start`);
    return null;
  }
}
