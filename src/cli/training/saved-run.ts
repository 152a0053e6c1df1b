/**
 * @file A training run in its checkpoint file: where it is, what it learned, and the command's options.
 */
import { InputError } from '../../errors.ts';
import { loadCheckpoint, saveCheckpoint } from '../../io/checkpoint-file.ts';
import type { Checkpoint, EpochSummary } from '../../train/checkpoint.ts';
import type { TrainOptions } from '../../train/options.ts';
import { presentOptions, presentWords } from './former-names.ts';

/** A checkpoint with the options and the seed of the command that made it. */
export interface SavedRun {
  readonly checkpoint: Checkpoint;
  readonly totalSteps: number;
  readonly run: Readonly<Record<string, unknown>>;
}

export async function saveRun(path: string, { checkpoint, totalSteps, run }: SavedRun): Promise<void> {
  const { step, options, curve, sums } = checkpoint;
  const tensors = new Map(
    [...checkpoint.tensors].map(([name, data]) => [name, { shape: [data.length], data }]),
  );
  await saveCheckpoint(path, {
    tensors,
    metadata: { run: JSON.stringify({ step, totalSteps, options, curve, sums, run }) },
  });
}

/** @throws InputError when the file is missing, damaged, or not a run's */
export async function loadRun(path: string): Promise<SavedRun> {
  const { tensors, metadata } = await loadCheckpoint(path);
  const found = parse(metadata.run);
  if (!found)
    throw new InputError(`${path}: expected a training run in its metadata, found none; remove the file`);
  const { step, totalSteps, options, curve, sums, run } = found;
  const data = new Map([...tensors].map(([name, tensor]) => [name, tensor.data]));
  const checkpoint = {
    step,
    options: presentOptions(options) as unknown as TrainOptions,
    curve,
    sums,
    tensors: data,
  };
  return { checkpoint, totalSteps, run: presentWords(run) };
}

interface RunText {
  readonly step: number;
  readonly totalSteps: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly curve: readonly EpochSummary[];
  readonly sums: Checkpoint['sums'];
  readonly run: Readonly<Record<string, unknown>>;
}

function parse(text: string | undefined): RunText | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isRun(value) ? value : null;
  } catch {
    return null;
  }
}

function isRun(value: unknown): value is RunText {
  if (typeof value !== 'object' || value === null) return false;
  const { step, totalSteps, options, curve, sums, run } = value as Record<string, unknown>;
  const isObject = (part: unknown): boolean => typeof part === 'object' && part !== null;
  const isStep = (part: unknown): boolean => Number.isInteger(part) && (part as number) >= 0;
  return (
    isStep(step) &&
    isStep(totalSteps) &&
    isObject(options) &&
    isObject(sums) &&
    Array.isArray(curve) &&
    isObject(run)
  );
}
