/**
 * @file The JSON of a training run in its checkpoint: what each part must be before anything is done with it.
 */
import { type CheckpointText, isCheckpointText, isCount, isObject } from '../../io/checkpoint-text.ts';
import type { RunBits } from './run-bits.ts';

export interface RunText extends CheckpointText {
  readonly totalSteps: number;
  /** Flat, under the names of the options of `strelu train`. */
  readonly run: Readonly<Record<string, unknown>>;
  readonly bits?: RunBits;
}

export function isRun(value: unknown): value is RunText {
  if (!isCheckpointText(value)) return false;
  const { step, totalSteps, run } = value as Partial<RunText>;
  return isCount(totalSteps) && step! <= totalSteps && isObject(run);
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
