/**
 * @file Drives the trainer: tells the progress, pauses between steps so that signals are heard, saves checkpoints.
 */
import { setImmediate } from 'node:timers/promises';
import type { Model } from '../../nn/model.ts';
import type { Progress } from '../../progress.ts';
import { percent, significant } from '../../report/format.ts';
import type { Runtime } from '../../runtime.ts';
import type { Checkpoint, EpochSummary } from '../../train/checkpoint.ts';
import type { TrainOptions } from '../../train/options.ts';
import { type TrainData, train } from '../../train/train.ts';

export interface FollowOptions {
  readonly resume?: Checkpoint | undefined;
  /** Called after each epoch, and every `checkpointSeconds` within a long one. */
  readonly save?: ((checkpoint: Checkpoint) => Promise<void>) | undefined;
  /** Default: 120. */
  readonly checkpointSeconds?: number | undefined;
}

/** Trains `model` in place. @returns what each epoch came to, those before a resumed checkpoint included */
export async function followTraining(
  runtime: Runtime,
  model: Model,
  data: TrainData,
  options: TrainOptions,
  progress: Progress,
  { resume, save, checkpointSeconds = 120 }: FollowOptions = {},
): Promise<readonly EpochSummary[]> {
  let curve: readonly EpochSummary[] = resume?.curve ?? [];
  let saved = performance.now();
  let started = false;
  for (const event of train(runtime, model, data, options, resume)) {
    if (!started) progress.start('training', event.totalSteps);
    started = true;
    if (save && (event.kind === 'epoch' || performance.now() - saved >= 1000 * checkpointSeconds)) {
      await save(event.checkpoint());
      saved = performance.now();
    }
    if (event.kind === 'step') {
      progress.update(
        event.step,
        `epoch ${event.epoch}/${options.epochs}, loss ${significant(event.loss, 3)}, ${percent(event.trainAccuracy)} %, ${Math.round(event.imagesPerSecond)} images/s`,
      );
    } else {
      curve = event.curve;
      const { epoch, loss, trainAccuracy, testAccuracy } = event.summary;
      progress.note(
        `epoch ${epoch}/${options.epochs}: loss ${significant(loss, 3)}, training ${percent(trainAccuracy)} %, test ${percent(testAccuracy)} %`,
      );
    }
    await setImmediate();
  }
  progress.stop();
  return curve;
}
