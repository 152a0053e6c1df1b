/**
 * @file The training loop, as a generator: the caller sees every step, decides what to show and save, and may stop at any.
 */
import { type Batches, createBatches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { prefetch } from '../data/prefetch/prefetch.ts';
import { InputError, UsageError } from '../errors.ts';
import { Arena } from '../memory/arena.ts';
import { argmax } from '../nn/argmax.ts';
import type { Model } from '../nn/model.ts';
import { Random } from '../random/random.ts';
import type { Runtime } from '../runtime.ts';
import { Tape } from '../tensor/tape.ts';
import { createAverage } from './average.ts';
import { batchLoss } from './batch-loss.ts';
import { type Checkpoint, type EpochSummary, restoreCheckpoint, takeCheckpoint } from './checkpoint.ts';
import { findNonFinite } from './find-non-finite.ts';
import { learningRateAt } from './learning-rate.ts';
import { createOptimizer } from './optimizer.ts';
import type { TrainOptions } from './options.ts';
import { checkTeacher, createTeacher } from './teacher.ts';
import { testAccuracy } from './test-accuracy.ts';
import { createThetaAnnealing } from './theta-annealing.ts';

/** Every event carries a function that takes a checkpoint at this very step. */
export type TrainEvent = {
  readonly checkpoint: () => Checkpoint;
  /** Steps done, of all. */
  readonly step: number;
  readonly totalSteps: number;
} & (
  | {
      readonly kind: 'step';
      readonly epoch: number;
      /** Of the epoch so far. */
      readonly loss: number;
      /** Percent, of the epoch so far. */
      readonly trainAccuracy: number;
      readonly imagesPerSecond: number;
    }
  | { readonly kind: 'epoch'; readonly summary: EpochSummary; readonly curve: readonly EpochSummary[] }
);

export interface TrainData {
  readonly train: Dataset;
  readonly test: Dataset;
  /** Its answers to every batch are learned too, to the share `teacherWeight`. */
  readonly teacher?: Model;
}

/**
 * Trains `model` in place; yields after each step, and after each epoch with the test accuracy. With an average of the
 * weights, that is what is tested, and what `model` holds once the last step is done and the generator has come to its end.
 * The same options, data and model give the same bits, for any number of workers, also across `resume`.
 * @throws InputError when the loss is no number (names step and layer) or the data do not fit.
 */
export function* train(
  runtime: Runtime,
  model: Model,
  data: TrainData,
  options: TrainOptions,
  resume?: Checkpoint,
): Generator<TrainEvent, void, void> {
  const { batchSize, learningRate, seed } = options;
  const { classes } = model.architecture;
  checkOptions(options, data.teacher);
  if (data.teacher) checkTeacher(data.teacher.architecture, model.architecture);
  const batches = openBatches(data.train, options);
  const { perEpoch } = batches;
  const totalSteps = perEpoch * options.epochs;
  const schedule = { learningRate, warmupSteps: Math.round(options.warmup * perEpoch), totalSteps };
  const optimizer = createOptimizer(runtime.heap, runtime.kernels, model, options);
  const average = options.ema > 0 ? createAverage(runtime.heap, model, options) : null;
  const thetas = createThetaAnnealing(runtime.heap, model, options, perEpoch);
  const state = new Map([...model.tensors, ...optimizer.state, ...(average?.state ?? []), ...thetas.state]);
  if (resume) restoreCheckpoint(resume, state);
  else thetas.set(0);
  const curve: EpochSummary[] = [...(resume?.curve ?? [])];
  const tape = new Tape(runtime.kernels, new Arena(runtime.heap));
  const teacher = data.teacher ? createTeacher(runtime, data.teacher) : null;
  const labels = new Uint8Array(batchSize);
  const random = Random.seeded(seed);
  let sums = resume?.sums ?? { loss: 0, right: 0, steps: 0 };
  let clock = performance.now();
  let timed = 0;

  try {
    for (let step = resume?.step ?? 0; step < totalSteps; step++) {
      const epoch = Math.floor(step / perEpoch);
      const position = step % perEpoch;
      if (position === 0) {
        sums = { loss: 0, right: 0, steps: 0 };
        clock = performance.now();
        timed = 0;
      }
      tape.reset();
      const x = tape.tensor([batchSize, ...data.train.shape]);
      batches.fill(epoch, position, x.data as Float32Array, labels);

      const continuous = epoch < options.continuousEpochs;
      const targets = teacher?.targets(x, options.temperature) ?? null;
      const part = { x, labels, targets, random: random.fork(`dropout ${step}`), continuous };
      const { logits, loss } = batchLoss(tape, model, part, options);
      if (!Number.isFinite(loss.item())) {
        const layer = findNonFinite(tape, model, x) ?? 'the loss';
        throw new InputError(
          `training: the loss is ${loss.item()} at step ${step + 1} of ${totalSteps}, first in layer ${layer}; lower the learning rate (now ${learningRate})`,
          { code: 'loss-not-finite' },
        );
      }
      tape.backward(loss);
      optimizer.update(learningRateAt(schedule, step), step);
      thetas.set(step + 1);
      average?.update(step);

      let right = 0;
      for (let i = 0; i < batchSize; i++)
        if (argmax(logits.data, i * classes, classes) === labels[i]) right++;
      sums = { loss: sums.loss + loss.item(), right: sums.right + right, steps: sums.steps + 1 };
      const imagesPerSecond = (++timed * batchSize * 1000) / (performance.now() - clock);
      const done = step + 1;
      const means = {
        epoch: epoch + 1,
        loss: sums.loss / sums.steps,
        trainAccuracy: (100 * sums.right) / (sums.steps * batchSize),
        imagesPerSecond,
      };
      // Before anything is yielded: a checkpoint taken at the epoch's last step holds the whole epoch.
      const ends = position === perEpoch - 1;
      if (ends)
        curve.push({
          ...means,
          testAccuracy: testAccuracy(runtime, average?.model ?? model, data.test, { continuous }),
        });
      const event = {
        step: done,
        totalSteps,
        checkpoint: () => takeCheckpoint(state, done, options, curve, sums),
      };
      yield { ...event, kind: 'step', ...means };
      if (ends) yield { ...event, kind: 'epoch', summary: curve.at(-1)!, curve };
    }
    // Only now: every checkpoint needs the weights that the next step starts from.
    for (const [name, tensor] of average?.model.tensors ?? []) model.tensors.get(name)!.data.set(tensor.data);
  } finally {
    batches.close();
    teacher?.close();
    tape.reset();
    tape.arena.dispose();
  }
}

/** @throws UsageError for options that contradict each other */
function checkOptions(options: TrainOptions, teacher: Model | undefined): void {
  if (options.anneal > 0 && options.thetaRate !== 0)
    throw new UsageError(
      'training: thetas that are trained (thetaRate) cannot be annealed; set thetaRate to 0',
    );
  if (options.anneal > options.epochs)
    throw new UsageError(
      `training: thetas would not reach their value: ${options.anneal} epochs of annealing in ${options.epochs}`,
    );
  if (options.teacherWeight > 0 !== (teacher !== undefined))
    throw new UsageError('training: a teacher and a teacherWeight above 0 need each other');
}

/** Augmented batches come from a thread of their own, the same bytes as without it. */
function openBatches(
  dataset: Dataset,
  { batchSize, seed, augment }: TrainOptions,
): Batches & { close(): void } {
  const options = { size: batchSize, seed, dropLast: true };
  if (Object.values(augment).some(Boolean)) return prefetch(dataset, options, augment);
  return { ...createBatches(dataset, options), close: () => {} };
}
