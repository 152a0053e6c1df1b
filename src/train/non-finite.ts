/**
 * @file A loss that is no number any more: where it began, and what to do about it.
 */
import { InputError } from '../errors.ts';
import { forward } from '../nn/forward.ts';
import type { Model } from '../nn/model.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
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
