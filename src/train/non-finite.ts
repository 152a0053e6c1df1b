/**
 * @file A loss, a weight or a logit that is no number any more: where it began, and what to do about it.
 */
import { InputError } from '../errors.ts';
import { forward } from '../nn/forward.ts';
import type { Model } from '../nn/model.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { TrainState } from './checkpoint.ts';
import type { LearningRateSchedule } from './learning-rate.ts';

/**
 * @param step counts from 0
 * @throws InputError always; it names the step and the first layer whose output is not finite
 */
export function refuseNonFinite(
  loss: number,
  tape: Tape,
  model: Model,
  x: Tensor,
  { learningRate, totalSteps }: LearningRateSchedule,
  step: number,
): never {
  const layer = firstNonFinite(tape, model, x) ?? 'the loss';
  throw new InputError(
    `training: the loss is ${loss} at step ${step + 1} of ${totalSteps}, first in layer ${layer}; lower the learning rate (now ${learningRate})`,
    { code: 'loss-not-finite' },
  );
}

/** The first layer whose output for `x` holds NaN or an infinity, or null. */
function firstNonFinite(tape: Tape, model: Model, x: Tensor): string | null {
  let found: string | null = null;
  forward(tape, model, x, {
    onOutput: (layer, output) => {
      if (found === null && output.data.some((value) => !Number.isFinite(value))) found = layer.name;
    },
  });
  return found;
}

/**
 * What would be saved must be readable: no checkpoint of a training that has diverged ever replaces a good one.
 * @param steps that are done
 * @throws InputError naming the first tensor of the run that holds NaN or an infinity
 */
export function refuseNonFiniteState(
  state: TrainState,
  steps: number,
  { learningRate, totalSteps }: LearningRateSchedule,
): void {
  for (const [name, { data }] of state) {
    const bad = data.findIndex((value: number) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new InputError(
      `training: ${name} is ${data[bad]} after step ${steps} of ${totalSteps}; lower the learning rate (now ${learningRate}); a checkpoint that was saved before is good`,
      { code: 'loss-not-finite' },
    );
  }
}
