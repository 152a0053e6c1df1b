/**
 * @file The training loop, as a generator: the caller sees every step, decides what to show and save, and may stop at any.
 */
import { checkInput } from '../data/check-input.ts';
import type { Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import { checkFits } from './check-fits.ts';
import { checkNorms } from './check-norms.ts';
import { checkOptions } from './check-options.ts';
import { checkRuntime } from './check-runtime.ts';
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
 * @throws InputError when the loss, a weight or a logit is no number (names step and layer) or the data do not fit
 * @throws UsageError for options that are out of their range, contradict each other or reach beyond the images, or a batch norm that would see one value at a time
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
  for (const event of trainInParts(runtime, model, data, options, resume))
    if (event.kind !== 'testing') yield event;
}

/** The test after an epoch is under way. A run that is resumed from here tests first, then goes on. */
export interface TestingEvent extends Pick<TrainEvent, 'checkpoint' | 'step' | 'totalSteps'> {
  readonly kind: 'testing';
}

/** As `train`, with an event after each batch of a test too: what may take minutes leaves room for other things. */
export function* trainInParts(
  runtime: Runtime,
  model: Model,
  data: TrainData,
  options: TrainOptions,
  resume?: Checkpoint,
): Generator<TrainEvent | TestingEvent, void, void> {
  checkOptions(options, data.teacher !== undefined);
  checkNorms(model.architecture, options.batchSize);
  checkFits(options, data.train);
  for (const images of [data.train, data.test])
    checkInput(model.architecture, images, 'train a network made for them, or choose other images');
  if (data.teacher) checkTeacher(data.teacher.architecture, model.architecture);
  checkRuntime(runtime, model);
  const training = openTraining(runtime, model, data, options, resume);
  const { perEpoch, totalSteps } = training;
  const curve: EpochSummary[] = [...(resume?.curve ?? [])];
  const meter = createEpochMeter(options.batchSize, resume?.sums);
  function* told(done: number): Generator<TrainEvent | TestingEvent, void, void> {
    const checkpoint = (): Checkpoint => training.checkpoint(done, curve, meter.sums);
    const event = { step: done, totalSteps, checkpoint };
    const epoch = Math.ceil(done / perEpoch);
    const means = { epoch, ...meter.means };
    // Before the step is told of: a checkpoint taken at the last step of an epoch holds the whole epoch.
    const ends = done % perEpoch === 0;
    if (ends) {
      const parts = training.testing(epoch - 1);
      let part = parts.next();
      for (; !part.done; part = parts.next()) yield { ...event, kind: 'testing' };
      curve.push({ ...means, testAccuracy: part.value });
    }
    yield { ...event, kind: 'step', ...means };
    if (ends) yield { ...event, kind: 'epoch', summary: curve.at(-1)!, curve };
  }
  try {
    const begin = resume?.step ?? 0;
    // it was stopped in the test of its last epoch
    if (begin > 0 && begin % perEpoch === 0 && curve.length < begin / perEpoch) yield* told(begin);
    for (let step = begin; step < totalSteps; step++) {
      if (step % perEpoch === 0) meter.restart();
      meter.add(training.step(step));
      yield* told(step + 1);
    }
    training.keepAverage();
  } finally {
    training.close();
  }
}
