/**
 * @file A training run from its options to a trained network: architecture, initial weights, then the trainer.
 */
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { createModel } from '../../nn/create-model.ts';
import { disposeModel } from '../../nn/model.ts';
import { MODELS } from '../../nn/models/index.ts';
import { exportNetwork, loadWeights } from '../../nn/trained-network.ts';
import type { Progress } from '../../progress.ts';
import { Random } from '../../random/random.ts';
import type { Runtime } from '../../runtime.ts';
import type { Values } from '../../terminal/options.ts';
import type { Checkpoint } from '../../train/checkpoint.ts';
import { startFrom } from '../../train/start-from.ts';
import type { TrainData } from '../../train/train.ts';
import { whitenFirst } from '../../train/whiten.ts';
import { type RunOptions, trainOptions } from '../options/training.ts';
import { type Trained, trainNetwork } from './train-network.ts';

export interface RunRequest {
  readonly runtime: Runtime;
  readonly run: Values<RunOptions> & { readonly seed: number };
  readonly data: Pick<TrainData, 'train' | 'test'>;
  readonly progress: Progress;
  /** Networks that it starts from and learns from. */
  readonly from?: TrainedNetwork | undefined;
  readonly teacher?: TrainedNetwork | undefined;
  readonly resume?: Checkpoint | undefined;
  readonly checkpointSeconds?: number;
  readonly save: (checkpoint: Checkpoint, totalSteps: number) => Promise<void>;
}

export interface RunOutcome extends Trained {
  /** Without provenance. */
  readonly network: TrainedNetwork;
}

/** @throws InputError when `from` has another shape */
export async function trainRun(request: RunRequest): Promise<RunOutcome> {
  const { runtime, run, data, progress, from, teacher, resume, checkpointSeconds, save } = request;
  const { heap } = runtime;
  const architecture = MODELS[run.model](data.train.shape, data.train.classes, {
    activation: run.activation,
    levels: run.levels,
    rounding: run.rounding,
    thetaPer: run['theta-per'],
    width: run.width,
  });
  const { shift, balanced } = run;
  const random = Random.seeded(run.seed).fork('weights');
  const model = createModel(heap, architecture, random, { shift, balanced });
  const tutor = teacher ? loadWeights(heap, teacher) : undefined;
  try {
    if (run.whiten) whitenFirst(model, data.train);
    if (from) startFrom(model, from);
    const options = trainOptions(run, run.seed);
    const totalSteps = Math.floor(data.train.count / options.batchSize) * options.epochs;
    if (resume) progress.note(`goes on at step ${resume.step} of ${totalSteps}`);
    const trained = await trainNetwork({
      runtime,
      model,
      data: { ...data, ...(tutor && { teacher: tutor }) },
      options,
      progress,
      testFlip: run['test-flip'],
      resume,
      ...(checkpointSeconds !== undefined && { checkpointSeconds }),
      save: (checkpoint) => save(checkpoint, totalSteps),
    });
    return { ...trained, network: exportNetwork(model, {}) };
  } finally {
    disposeModel(heap, model);
    if (tutor) disposeModel(heap, tutor);
  }
}
