/** @file The JSON of a checkpoint: what each part must be before anything is done with it. */
import type { Checkpoint, EpochSummary } from '../train/checkpoint.ts';

/** All of a checkpoint but its tensors; the options have not been looked at. */
export interface CheckpointText extends Pick<Checkpoint, 'step' | 'curve' | 'sums'> {
  readonly options: Readonly<Record<string, unknown>>;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

export function isCheckpointText(value: unknown): value is CheckpointText {
  if (!isObject(value)) return false;
  const { step, options, curve, sums } = value;
  return (
    isCount(step) &&
    isObject(options) &&
    isObject(sums) &&
    Number.isFinite(sums.loss) &&
    isCount(sums.right) &&
    isCount(sums.steps) &&
    Array.isArray(curve) &&
    curve.every(isSummary)
  );
}

/** A result of an epoch: finite numbers, and the epochs counted from 1. */
function isSummary(value: unknown, place: number): value is EpochSummary {
  if (!isObject(value)) return false;
  const { epoch, loss, trainAccuracy, testAccuracy, imagesPerSecond } = value;
  return epoch === place + 1 && [loss, trainAccuracy, testAccuracy, imagesPerSecond].every(Number.isFinite);
}
