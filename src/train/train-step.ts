/**
 * @file One step of training: forward, loss, backward, update.
 */
import type { Labels } from '../kernels/kernels.ts';
import { argmax } from '../nn/argmax.ts';
import { forward } from '../nn/forward.ts';
import { findTensor, type Model } from '../nn/model.ts';
import { spikePenalty } from '../tensor/ops/spike-penalty.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { batchLoss } from './batch-loss.ts';
import { type LearningRateSchedule, learningRateAt } from './learning-rate.ts';
import type { MiniBatch } from './mini-batch.ts';
import { refuseNonFinite } from './non-finite.ts';
import type { TrainOptions } from './options.ts';
import type { ParameterGroups } from './parameter-groups.ts';

/** What is trained, and how. */
export interface Learner {
  readonly tape: Tape;
  readonly model: Model;
  readonly parameters: ParameterGroups;
  readonly schedule: LearningRateSchedule;
  readonly options: TrainOptions;
}

/** What one step came to. */
export interface StepResult {
  readonly loss: number;
  /** Images that were put into their class, before the update. */
  readonly right: number;
}

/**
 * @param step counts from 0
 * @throws InputError when the loss is no finite number (names step and layer); the weights are unchanged then
 */
export function trainStep(learner: Learner, batch: MiniBatch, step: number): StepResult {
  const { tape, model, parameters, schedule, options } = learner;
  const { logits, penalties } = forwardWithPenalties(tape, model, batch, options);
  tape.enter('loss');
  const loss = batchLoss(tape, logits, batch, penalties, options);
  if (!Number.isFinite(loss.item())) refuseNonFinite(loss.item(), tape, model, batch.x, schedule, step);
  tape.backward(loss, 'leaves');
  tape.kernels.profile?.enter('update', '');
  parameters.update(learningRateAt(schedule, step), step);
  tape.kernels.profile?.enter('other', '');
  return { loss: loss.item(), right: countRight(logits, batch.labels) };
}

/** @returns logits [batch, classes], and the price of the spikes of each activation, [1] each */
function forwardWithPenalties(
  tape: Tape,
  model: Model,
  { x, random, continuous }: MiniBatch,
  { spikePenalty: price, spikeCode }: TrainOptions,
): { readonly logits: Tensor; readonly penalties: readonly Tensor[] } {
  const penalties: Tensor[] = [];
  const logits = forward(tape, model, x, {
    training: random,
    continuous,
    onOutput: (layer, output) => {
      if (layer.kind !== 'activation' || continuous || price === 0) return;
      const theta = findTensor(model, layer, 'theta');
      if (theta) penalties.push(spikePenalty(tape, output, theta, price, spikeCode));
    },
  });
  return { logits, penalties };
}

function countRight(logits: Tensor, labels: Labels): number {
  const classes = logits.shape[1]!;
  let right = 0;
  for (let i = 0; i < labels.length; i++)
    if (argmax(logits.data, i * classes, classes) === labels[i]) right++;
  return right;
}
