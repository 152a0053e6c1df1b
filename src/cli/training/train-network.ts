/**
 * @file Drives the trainer: progress, a pause for signals between steps, a checkpoint after each epoch.
 */
import { setImmediate } from 'node:timers/promises';
import type { Model } from '../../nn/model.ts';
import type { Progress } from '../../progress.ts';
import { percent, significant } from '../../report/format.ts';
import type { LearningEpoch } from '../../report/result.ts';
import type { Runtime } from '../../runtime.ts';
import type { Checkpoint } from '../../train/checkpoint.ts';
import type { TrainOptions } from '../../train/options.ts';
import { testAccuracy } from '../../train/test-accuracy.ts';
import { type TrainData, train } from '../../train/train.ts';

export interface TrainRequest {
  readonly runtime: Runtime;
  readonly model: Model;
  readonly data: TrainData;
  readonly options: TrainOptions;
  readonly progress: Progress;
  readonly resume?: Checkpoint | undefined;
  /** Also measure the accuracy with test-time flip. */
  readonly testFlip?: boolean;
  /** Time between two checkpoints within an epoch. Default: 120. */
  readonly checkpointSeconds?: number;
  /** Called after each epoch, and now and then within a long one. */
  readonly save?: (checkpoint: Checkpoint) => Promise<void>;
}

export interface Trained {
  readonly curve: readonly LearningEpoch[];
  /** Percent on the test images after the last epoch. */
  readonly accuracy: number;
  /** With its mirror image's logits added to each image's; only when asked for. */
  readonly flippedAccuracy?: number;
  /** Mean over the epochs. */
  readonly imagesPerSecond: number;
}

/** Trains `model` in place. */
export async function trainNetwork(request: TrainRequest): Promise<Trained> {
  const { runtime, model, data, options, progress, resume, save, checkpointSeconds = 120 } = request;
  let curve: readonly LearningEpoch[] = resume?.curve ?? [];
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
  return {
    curve,
    accuracy: curve.at(-1)?.testAccuracy ?? Number.NaN,
    ...(request.testFlip && { flippedAccuracy: testAccuracy(runtime, model, data.test, { flip: true }) }),
    imagesPerSecond: curve.reduce((sum, epoch) => sum + epoch.imagesPerSecond, 0) / Math.max(1, curve.length),
  };
}
