/**
 * @file A training whose network may be there already, whole or begun: studies and comparisons that are run again go on with it.
 */
import { rm } from 'node:fs/promises';
import { lockFile } from '../../io/file-lock.ts';
import { isFile } from '../../io/files.ts';
import { SILENT } from '../../progress.ts';
import { type NetworkFile, openNetwork } from './network-file.ts';
import { checkpointPath, loadRun, type SavedRun } from './saved-run.ts';
import { type TrainedFile, type TrainFileRequest, trainToFile } from './train-to-file.ts';

export interface OpenOrTrainRequest extends Omit<TrainFileRequest, 'resume' | 'lock' | 'keepCheckpoint'> {
  /** True: what is there is not looked at, and is trained anew. Default: false. */
  readonly fresh?: boolean;
}

export interface OpenedOrTrained {
  readonly file: NetworkFile;
  /** Null: the network was there. */
  readonly trained: TrainedFile | null;
}

/**
 * The network at `out`, or one that is trained now: from its checkpoint, where that lies there whole. Where another process
 * trains to the same file, its result is waited for. Either way no checkpoint stays beside the network.
 * @throws InputError when the network there is damaged, or a file or data set is missing or does not fit
 */
export async function openOrTrain(request: OpenOrTrainRequest): Promise<OpenedOrTrained> {
  const { out, fresh = false, progress = SILENT } = request;
  const lock = await lockFile(out, {
    wait: (holder) => progress.note(`waits for ${holder}, which trains it`),
  });
  try {
    const checkpoint = checkpointPath(out);
    if (!fresh && (await isFile(out))) {
      const file = await openNetwork(out);
      await rm(checkpoint, { force: true }); // of a training that was killed between its last two acts
      return { file, trained: null };
    }
    const resume = fresh ? null : await interruptedRun(checkpoint, progress.note);
    const trained = await trainToFile({ ...request, resume, lock });
    return { file: await openNetwork(out), trained };
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
