/**
 * @file The training loop, as a generator: the caller sees every step, decides what to show and save, and may stop at any.
 */
import type { Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import { checkOptions } from './check-options.ts';
import type { Checkpoint, EpochSummary } from './checkpoint.ts';
import { createEpochMeter } from './epoch-meter.ts';
import type { TrainOptions } from './options.ts';
import { checkTeacher } from './teacher.ts';
import { openTraining, type TrainData } from './training.ts';

export type { TrainData } from './training.ts';

/** Every event carries a function that takes a checkpoint at this very step: before the generator is asked for the next one. */
export type TrainEvent = {
  readonly checkpoint: () => Checkpoint;
  /** Steps done, of all. */
  readonly step: number;
  readonly totalSteps: number;
} & (
  | {
      readonly kind: 'step';
      /** Counts from 1. */
      readonly epoch: number;
      /** Mean over the epoch so far. */
      readonly loss: number;
      /** Percent, of the epoch so far. */
      readonly trainAccuracy: number;
      readonly imagesPerSecond: number;
    }
  | { readonly kind: 'epoch'; readonly summary: EpochSummary; readonly curve: readonly EpochSummary[] }
);

/**
 * Trains `model` in place; yields after each step, and after each epoch with the test accuracy. With an average of the
 * weights, that is what is tested, and what `model` holds once the last step is done and the generator has come to its end.
 * The same options, data and model give the same bits, for any number of workers, also when the run is resumed.
 *
 * The generator owns what it allocates and frees it when it ends: by its last step, by an error, by leaving a `for` loop
 * over it, or by its `return()`. One that is left lying half way frees nothing.
 * @throws InputError when the loss is no number (names step and layer) or the data do not fit
 * @throws UsageError for options that contradict each other
 * @example
 * const options = { ...TRAIN_DEFAULTS, epochs: 1, batchSize: 10 };
 * const kinds = [];
 * for (const { kind } of train(runtime, model, { train: dataset, test: dataset }, options)) kinds.push(kind);
 * kinds; // ['step', 'step', 'epoch']
 */
export function* train(
  runtime: Runtime,
  model: Model,
  data: TrainData,
  options: TrainOptions,
  resume?: Checkpoint,
): Generator<TrainEvent, void, void> {
  checkOptions(options, data.teacher !== undefined);
  if (data.teacher) checkTeacher(data.teacher.architecture, model.architecture);
  const training = openTraining(runtime, model, data, options, resume);
  const { perEpoch, totalSteps } = training;
  const curve: EpochSummary[] = [...(resume?.curve ?? [])];
  const meter = createEpochMeter(options.batchSize, resume?.sums);
  try {
    for (let step = resume?.step ?? 0; step < totalSteps; step++) {
      const epoch = Math.floor(step / perEpoch);
      if (step % perEpoch === 0) meter.restart();
      const means = { epoch: epoch + 1, ...meter.add(training.step(step)) };
      const done = step + 1;
      // Before anything is yielded: a checkpoint taken at the last step of an epoch holds the whole epoch.
      const ends = done % perEpoch === 0;
      if (ends) curve.push({ ...means, testAccuracy: training.testAccuracy(epoch) });
      const checkpoint = (): Checkpoint => training.checkpoint(done, curve, meter.sums);
      const event = { step: done, totalSteps, checkpoint };
      yield { ...event, kind: 'step', ...means };
      if (ends) yield { ...event, kind: 'epoch', summary: curve.at(-1)!, curve };
    }
    training.keepAverage();
  } finally {
    training.close();
  }
}
