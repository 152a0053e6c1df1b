/**
 * @file The JSON of a training run in its checkpoint: what each part must be before anything is done with it.
 */
import type { Checkpoint, EpochSummary } from '../../train/checkpoint.ts';
import type { RunBits } from './run-bits.ts';

export interface RunText {
  readonly step: number;
  readonly totalSteps: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly curve: readonly EpochSummary[];
  readonly sums: Checkpoint['sums'];
  /** Flat, under the names of the options of `strelu train`. */
  readonly run: Readonly<Record<string, unknown>>;
  readonly bits?: RunBits;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** A result of an epoch: finite numbers, and the epochs counted from 1. */
function isSummary(value: unknown, place: number): boolean {
  if (!isObject(value)) return false;
  const { epoch, loss, trainAccuracy, testAccuracy, imagesPerSecond } = value;
  return epoch === place + 1 && [loss, trainAccuracy, testAccuracy, imagesPerSecond].every(Number.isFinite);
}

export function isRun(value: unknown): value is RunText {
  if (!isObject(value)) return false;
  const { step, totalSteps, options, curve, sums, run } = value;
  return (
    isCount(step) &&
    isCount(totalSteps) &&
    step <= totalSteps &&
    isObject(options) &&
    isObject(sums) &&
    Number.isFinite(sums.loss) &&
    isCount(sums.right) &&
    isCount(sums.steps) &&
    Array.isArray(curve) &&
    curve.every(isSummary) &&
    isObject(run)
  );
}

export function isBits(value: unknown): value is RunBits {
  if (!isObject(value)) return false;
  const { kernels, deterministic, fused, train, test } = value;
  const isDigest = (text: unknown): boolean => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
  return (
    (kernels === 'simd' || kernels === 'reference') &&
    typeof deterministic === 'boolean' &&
    typeof fused === 'boolean' &&
    isDigest(train) &&
    isDigest(test)
  );
}
