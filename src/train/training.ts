/**
 * @file All that a training run carries from step to step: opened together, closed together.
 */
import { type Batches, createBatches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { prefetch } from '../data/prefetch/prefetch.ts';
import { Arena } from '../memory/arena.ts';
import type { Closeable } from '../memory/closeable.ts';
import { opened } from '../memory/resources.ts';
import type { Model } from '../nn/model.ts';
import { Random } from '../random/random.ts';
import type { Runtime } from '../runtime.ts';
import { Tape } from '../tensor/tape.ts';
import { createAverage } from './average.ts';
import {
  type Checkpoint,
  type EpochSummary,
  type EpochSums,
  restoreCheckpoint,
  takeCheckpoint,
} from './checkpoint.ts';
import { createLookahead } from './lookahead.ts';
import type { MiniBatch } from './mini-batch.ts';
import { refuseNonFiniteState } from './non-finite.ts';
import type { TrainOptions } from './options.ts';
import { groupParameters } from './parameter-groups.ts';
import { recomputeNorms } from './recompute-norms.ts';
import { createTeacher } from './teacher.ts';
import { testing } from './test-accuracy.ts';
import { createThetaAnnealing } from './theta-annealing.ts';
import { type StepResult, trainStep } from './train-step.ts';

/** What a network is trained and tested on. */
export interface TrainData {
  readonly train: Dataset;
  /** Looked at after each epoch; it decides nothing. */
  readonly test: Dataset;
  /** A trained network whose answers to every batch are learned too, to the share `teacherWeight`. */
  readonly teacher?: Model;
}

/** A run that is under way. It owns all that it allocates, and the thread that augments its batches. */
export interface Training extends Closeable {
  /** Steps in an epoch. */
  readonly perEpoch: number;
  readonly totalSteps: number;
  /** Does step 0, 1, ...: trains on its mini-batch, then anneals the thetas and averages the weights. */
  step(step: number): StepResult;
  /**
   * Percent of the test images, with the averaged weights where there are any; batch by batch, yields the images that are done.
   * @throws InputError when a weight or a logit is no number
   */
  testing(epoch: number): Generator<number, number, void>;
  /** The run as it stands after `steps` steps. @throws InputError when something of it is no number */
  checkpoint(steps: number, curve: readonly EpochSummary[], sums: EpochSums): Checkpoint;
  /** The averaged weights become the model's. Only after the last step: every step starts from the weights of the one before. */
  keepAverage(): void;
}

/**
 * Whatever was allocated is freed when a part of it cannot be opened.
 * @throws InputError when the data do not fit, or the checkpoint belongs to another run
 */
export function openTraining(
  runtime: Runtime,
  model: Model,
  data: TrainData,
  options: TrainOptions,
  resume?: Checkpoint,
): Training {
  return opened((resources) => {
    const { heap, kernels } = runtime;
    const { batchSize, learningRate, seed } = options;
    const batches = resources.use(openBatches(data.train, options));
    const { perEpoch } = batches;
    const totalSteps = perEpoch * options.epochs;
    const parameters = resources.use(groupParameters(runtime, model, options, perEpoch));
    if (!resume) parameters.begin();
    const average = options.ema > 0 ? resources.use(createAverage(heap, model, options)) : null;
    const lookahead = options.lookahead > 0 ? resources.use(createLookahead(heap, model, options)) : null;
    const annealing = resources.use(createThetaAnnealing(heap, model, options, perEpoch));
    const state = new Map([
      ...model.tensors,
      ...parameters.state,
      ...(average?.state ?? []),
      ...(lookahead?.state ?? []),
      ...annealing.state,
    ]);
    if (resume) restoreCheckpoint(resume, state);
    else annealing.set(0);
    const teacher = data.teacher ? resources.use(createTeacher(runtime, data.teacher)) : null;
    const tape = resources.use(new Tape(kernels, new Arena(heap)));
    const schedule = {
      learningRate,
      warmupSteps: Math.round(options.warmup * perEpoch),
      totalSteps,
      fall: options.fall,
    };
    const learner = { tape, model, parameters, schedule, options };
    const labels = new Uint16Array(batchSize);
    const random = Random.seeded(seed);
    const isContinuous = (epoch: number): boolean => epoch < options.continuousEpochs;

    function nextBatch(step: number): MiniBatch {
      const epoch = Math.floor(step / perEpoch);
      const x = tape.tensor([batchSize, ...data.train.shape]);
      batches.fill(epoch, step % perEpoch, x.data as Float32Array, labels);
      const targets = teacher?.targets(x, options.temperature) ?? null;
      return { x, labels, targets, random: random.fork(`dropout ${step}`), continuous: isContinuous(epoch) };
    }

    return {
      perEpoch,
      totalSteps,
      step(step) {
        tape.reset();
        const result = trainStep(learner, nextBatch(step), step);
        lookahead?.update(step);
        annealing.set(step + 1);
        average?.update(step);
        return result;
      },
      testing(epoch) {
        refuseNonFiniteState(state, (epoch + 1) * perEpoch, schedule);
        tape.close(); // room for the test; the next step takes what it needs again
        const tested = average?.model ?? model;
        const continuous = isContinuous(epoch);
        if (options.recomputeNorms)
          recomputeNorms(runtime, tested, data.train, { seed, batchSize, continuous });
        return testing(runtime, tested, data.test, { continuous });
      },
      checkpoint(steps, curve, sums) {
        refuseNonFiniteState(state, steps, schedule);
        return takeCheckpoint(state, steps, options, curve, sums);
      },
      keepAverage() {
        for (const [name, { data: kept }] of average?.model.tensors ?? [])
          model.tensors.get(name)!.data.set(kept);
      },
    };
  });
}

/** Augmented batches come from a thread of their own: the same bytes as without it. */
function openBatches(
  dataset: Dataset,
  { batchSize, seed, augment }: TrainOptions,
): Batches & { close(): void } {
  const options = { batchSize, seed, dropLast: true };
  if (Object.values(augment).some(Boolean)) return prefetch(dataset, options, augment);
  return { ...createBatches(dataset, options), close: () => {} };
}
