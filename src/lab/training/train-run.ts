/**
 * @file From a training run to its network: architecture, initial weights, then the trainer.
 */
import type { Dataset } from '../../data/dataset.ts';
import { createResources } from '../../memory/resources.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { createModel } from '../../nn/create-model.ts';
import { disposeModel, type Model } from '../../nn/model.ts';
import { exportNetwork, loadWeights } from '../../nn/trained-network.ts';
import { type Progress, SILENT } from '../../progress.ts';
import { Random } from '../../random/random.ts';
import type { Runtime } from '../../runtime.ts';
import type { Checkpoint, EpochSummary } from '../../train/checkpoint.ts';
import type { FitSettings } from '../../train/fit.ts';
import { startFrom } from '../../train/start-from.ts';
import { testing } from '../../train/test-accuracy.ts';
import { whitenFirst } from '../../train/whiten.ts';
import { breathing } from '../breathing.ts';
import { architectureOf, type DescribedNetwork } from './described-network.ts';
import { followTraining } from './follow-training.ts';
import { stepSeconds } from './step-seconds.ts';
import { type TrainingRun, trainOptions } from './training-run.ts';

export interface TrainRequest {
  readonly runtime: Runtime;
  readonly run: TrainingRun;
  /** The images of `run.dataset`, as many as `run.limit` and `run.testLimit` say; with `run.validation` those held out are `test`. */
  readonly data: { readonly train: Dataset; readonly test: Dataset };
  /** What the file `run.model` says; null or absent for a built-in model. */
  readonly described?: DescribedNetwork | null | undefined;
  /** The networks of `run.from` and `run.teacher`; a resumed run needs no `from`. */
  readonly from?: TrainedNetwork | undefined;
  readonly teacher?: TrainedNetwork | undefined;
  /** Where an earlier, unfinished training of the same run had come to. */
  readonly resume?: Checkpoint | undefined;
  /** Called after each epoch, and every `checkpointSeconds` (default: 120) within a long one. */
  readonly save?: (checkpoint: Checkpoint, totalSteps: number) => Promise<void>;
  readonly checkpointSeconds?: number | undefined;
  /** What happens beside the training: a log, early ends. */
  readonly settings?: Pick<FitSettings, 'log' | 'signal' | 'beforeInterrupt'> | undefined;
  /** Default: nothing is shown. */
  readonly progress?: Progress;
}

export interface TrainedRun {
  /** Without provenance. */
  readonly network: TrainedNetwork;
  readonly curve: readonly EpochSummary[];
  /** Percent of the images of `data.test` after the last epoch. */
  readonly accuracy: number;
  /** The same with the logits of each mirror image added; only with `run.testFlip`. */
  readonly flippedAccuracy?: number;
  /** Mean over the epochs. */
  readonly imagesPerSecond: number;
  /** That the steps took, over all sittings. */
  readonly seconds: number;
}

/**
 * The same run gives the same bits, whatever the number of threads, also across `resume`. Nothing stays on the heap.
 * @throws InputError when `from` or `teacher` has another shape, or the loss is no number
 */
export async function trainRun(request: TrainRequest): Promise<TrainedRun> {
  const { runtime, run, data, from, teacher, resume, save, checkpointSeconds, progress = SILENT } = request;
  const { heap } = runtime;
  const { shift, balanced, dirac, headScale, normScale, frozenFirst } = run;
  const architecture = architectureOf(run, request.described ?? null, data.train);
  const initial = { shift, balanced, dirac, headScale, normScale, shiftFirst: frozenFirst };
  const random = Random.seeded(run.seed).fork('weights');
  const resources = createResources();
  const own = (made: Model): Model => {
    resources.defer(() => disposeModel(heap, made));
    return made;
  };
  try {
    const model = own(createModel(heap, architecture, random, initial));
    const tutor = teacher && own(loadWeights(heap, teacher));
    if (run.whiten) whitenFirst(model, data.train, normScale);
    if (from) startFrom(model, from);
    const options = trainOptions(run);
    const stepsPerEpoch = Math.floor(data.train.count / options.batchSize);
    const totalSteps = stepsPerEpoch * options.epochs;
    if (resume) progress.note(`resumes at step ${resume.step} of ${totalSteps}`);
    const curve = await followTraining(
      runtime,
      model,
      { ...data, ...(tutor && { teacher: tutor }) },
      options,
      progress,
      {
        ...request.settings,
        resume,
        checkpointSeconds,
        save: save && ((checkpoint) => save(checkpoint, totalSteps)),
      },
      run.validation > 0 ? 'validation' : 'test',
    );
    return {
      network: exportNetwork(model, {}),
      curve,
      accuracy: curve.at(-1)?.testAccuracy ?? Number.NaN,
      ...(run.testFlip && {
        flippedAccuracy: await breathing(testing(runtime, model, data.test, { flip: true })),
      }),
      imagesPerSecond:
        curve.reduce((sum, epoch) => sum + epoch.imagesPerSecond, 0) / Math.max(1, curve.length),
      seconds: stepSeconds(curve, stepsPerEpoch * options.batchSize),
    };
  } finally {
    resources.close();
  }
}
