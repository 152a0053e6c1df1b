/**
 * @file A training run from its data sets to its model file, with a checkpoint beside it that an interrupted run resumes from. It is
 * gone once the model is written.
 */
import { rm } from 'node:fs/promises';
import type { Dataset } from '../../data/dataset.ts';
import { holdOut } from '../../data/hold-out.ts';
import { learnedFrom } from '../../data/learned.ts';
import { InputError } from '../../errors.ts';
import { ownSource } from '../../io/dataset-names.ts';
import { type FileLock, lockFile } from '../../io/file-lock.ts';
import { saveModel } from '../../io/model-file.ts';
import { openDatasets } from '../../io/open-datasets.ts';
import { openTrainingLog } from '../../io/training-log.ts';
import { type Progress, SILENT } from '../../progress.ts';
import type { Runtime } from '../../runtime.ts';
import { checkFits } from '../../train/check-fits.ts';
import type { FitSettings } from '../../train/fit.ts';
import { openOptionsOf } from '../data-words.ts';
import { evaluateNetwork } from '../evaluate-network.ts';
import { isDescribed, openDescription } from './described-network.ts';
import { refuseReplacing } from './finished-run.ts';
import { openSource } from './network-file.ts';
import { provenanceOf } from './provenance.ts';
import { bitsOf, compareBits, type RunBits } from './run-bits.ts';
import { checkpointPath, type RunSources, type SavedRun, saveRun } from './saved-run.ts';
import { type TrainedRun, trainRun } from './train-run.ts';
import { type TrainingRun, trainOptions } from './training-run.ts';

export interface TrainFileRequest {
  readonly runtime: Runtime;
  readonly run: TrainingRun;
  /** The model file; its checkpoint lies beside it. */
  readonly out: string;
  /** Where data sets are looked for first. */
  readonly directory?: string | undefined;
  /** What `loadRun` found in the checkpoint: the training resumes there. */
  readonly resume?: SavedRun | null;
  /** What `lockFile` gave for `out`, where the caller works on it too. Default: a lock of its own. */
  readonly lock?: FileLock | undefined;
  /** True: the network of another run may lie at `out`, and is replaced. Default false: it is kept, and this run refused. */
  readonly replace?: boolean;
  /** True: the checkpoint stays until the caller removes it. Default: false. */
  readonly keepCheckpoint?: boolean;
  /** Folder for steps.csv, epochs.csv and TensorBoard's events; null: none. */
  readonly logFolder?: string | null;
  /** Registers what is done before a signal ends the program. */
  readonly beforeInterrupt?: FitSettings['beforeInterrupt'];
  /** Time between two checkpoints within an epoch. Default: 120. */
  readonly checkpointSeconds?: number;
  /** Default: nothing is shown. */
  readonly progress?: Progress;
}

export interface TrainedFile extends TrainedRun {
  /** Images that `accuracy` is over. */
  readonly testImages: number;
  /** What they are: test images wherever those were measured, else the validation images. */
  readonly split: 'test' | 'validation';
  /** Percent of the validation images, and their number; absent: none were held out. */
  readonly validation?: { readonly accuracy: number; readonly images: number };
}

/**
 * Writes the model file. Its provenance is the run, the digests of what the run built on, and its accuracy.
 * @throws InputError when a file or data set is missing or does not fit, another process trains to the same file, or the network of
 * another run lies there
 */
export async function trainToFile(request: TrainFileRequest): Promise<TrainedFile> {
  const lock = request.lock ?? (await lockFile(request.out));
  try {
    return await trainLocked(request);
  } finally {
    if (!request.lock) lock.release();
  }
}

async function trainLocked(request: TrainFileRequest): Promise<TrainedFile> {
  const { runtime, run, out, directory, resume = null, checkpointSeconds, progress = SILENT } = request;
  const { dataset } = run;
  const teacher =
    run.teacher === null ? null : await openSource(run.teacher, dataset, resume?.sources.teacher);
  // A resumed run has its weights in the checkpoint.
  const from = run.from === null || resume ? null : await openSource(run.from, dataset);
  const described = isDescribed(run.model) ? await openDescription(run.model, resume?.sources.model) : null;
  const sources: RunSources = {
    model: described?.digest ?? null,
    from: from?.digest ?? resume?.sources.from ?? null,
    teacher: teacher?.digest ?? null,
  };
  if (!request.replace && !resume) refuseReplacing(out, run, sources);
  const opened = await openDatasets(dataset, {
    ...openOptionsOf(run),
    decoders: runtime.team.lanes - 1,
    ...{ directory, seed: run.seed, limit: run.limit ?? undefined, testLimit: run.testLimit ?? undefined },
    ...(ownSource(dataset) && { log: progress.note }),
  });
  const held = run.validation > 0 ? holdOut(opened.train, { count: run.validation, seed: run.seed }) : null;
  const data = held ? { train: held.train, test: held.validation } : opened;
  checkFits(trainOptions(run), data.train); // before anything is written
  const checkpoints = checkpointPath(out);
  const bits = bitsOf(runtime, data);
  if (resume) checkResumed(resume, bits, data.train.count, progress);
  const { logFolder = null } = request;
  const log =
    logFolder === null ? undefined : await openTrainingLog(logFolder, resume?.checkpoint.step ?? null);
  if (request.replace && !resume) await rm(checkpoints, { force: true }); // of the run that is given up
  const trained = await trainRun({
    runtime,
    run,
    data,
    described,
    from: from?.network,
    teacher: teacher?.network,
    resume: resume?.checkpoint,
    checkpointSeconds,
    progress,
    settings: { log, beforeInterrupt: request.beforeInterrupt },
    save: (checkpoint, totalSteps) => saveRun(checkpoints, { run, checkpoint, totalSteps, sources, bits }),
  });
  const learned = learnedFrom(data.train);
  const measured = held ? await validated(runtime, run, trained, held.validation, opened.test) : trained;
  const { validation } = measured as TrainedFile;
  const facts = { ...measured, validationAccuracy: validation?.accuracy };
  const network = { ...trained.network, learned, provenance: provenanceOf(run, facts, sources) };
  await saveModel(out, network);
  if (!request.keepCheckpoint) await rm(checkpoints, { force: true });
  const usual = { testImages: data.test.count, split: held ? 'validation' : 'test' } as const;
  return { ...usual, ...measured, network };
}

/** What is known of a run with validation images; the test images are looked at here or not at all. */
async function validated(
  runtime: Runtime,
  { finalTest }: TrainingRun,
  trained: TrainedRun,
  { count: images }: Dataset,
  test: Dataset,
): Promise<Omit<TrainedFile, 'testImages' | 'split'> & Partial<TrainedFile>> {
  const validation = { accuracy: trained.accuracy, images };
  if (!finalTest) return { ...trained, validation };
  const { accuracy } = await evaluateNetwork(runtime, trained.network, test);
  return { ...trained, accuracy, validation, testImages: test.count, split: 'test' };
}

/** @throws InputError for other images than the run began with; UsageError for other kernels */
function checkResumed(
  { run, bits, totalSteps }: SavedRun,
  now: RunBits,
  images: number,
  progress: Progress,
): void {
  const said = bits && compareBits(bits, now);
  if (said !== null) progress.note(said);
  const steps = Math.floor(images / run.batchSize) * run.epochs;
  if (steps !== totalSteps)
    throw new InputError(
      `training images: expected as many as make ${totalSteps} steps, found ${images}, which make ${steps}; put back those that the run began with`,
    );
}
