/**
 * @file A training run in its checkpoint file: what run it is, where it has come to, what it has learned.
 */
import { InputError } from '../../errors.ts';
import { parseJson, writeJson } from '../../format/parse-json.ts';
import { loadCheckpoint, saveCheckpoint } from '../../io/checkpoint-file.ts';
import type { Checkpoint, EpochSummary } from '../../train/checkpoint.ts';
import type { TrainOptions } from '../../train/options.ts';
import { presentOptions } from './former-names.ts';
import { readRun, recordOf } from './run-record.ts';
import type { TrainingRun } from './training-run.ts';

export interface SavedRun {
  readonly run: TrainingRun;
  readonly checkpoint: Checkpoint;
  readonly totalSteps: number;
  /** SHA-256 of the files that describe its network, that it started from and that it learns from; null: it has none. */
  readonly sources: RunSources;
}

export interface RunSources {
  /** Of a network description. */
  readonly model: string | null;
  readonly from: string | null;
  readonly teacher: string | null;
}

/** The sources of a run that builds on no other network. */
export const NO_SOURCES: RunSources = { model: null, from: null, teacher: null };

/** model.safetensors has its checkpoint in model.checkpoint.safetensors. */
export function checkpointPath(out: string): string {
  return `${out.replace(/\.safetensors$/, '')}.checkpoint.safetensors`;
}

/** A run and its sources as one flat record, as checkpoints and model files keep them. */
export const sourcedRecord = (run: TrainingRun, sources: RunSources): Record<string, unknown> => ({
  ...recordOf(run),
  ...(sources.model !== null && { 'model-sha256': sources.model }),
  'teacher-sha256': sources.teacher,
  'from-sha256': sources.from,
});

export async function saveRun(path: string, saved: SavedRun): Promise<void> {
  const { checkpoint, totalSteps, sources } = saved;
  const { step, options, curve, sums } = checkpoint;
  const run = sourcedRecord(saved.run, sources);
  const tensors = new Map(
    [...checkpoint.tensors].map(([name, data]) => [name, { shape: [data.length], data }]),
  );
  await saveCheckpoint(path, {
    tensors,
    metadata: { run: writeJson({ step, totalSteps, options, curve, sums, run }) },
  });
}

/** @throws InputError when the file is missing, damaged, or not a run's */
export async function loadRun(path: string): Promise<SavedRun> {
  const { tensors, metadata } = await loadCheckpoint(path);
  const found = metadata.run === undefined ? null : parse(metadata.run, path);
  if (!found)
    throw new InputError(`${path}: expected a training run in its metadata, found none; remove the file`);
  const { step, totalSteps, options, curve, sums, run } = found;
  const data = new Map([...tensors].map(([name, tensor]) => [name, tensor.data]));
  const present = presentOptions(options) as unknown as TrainOptions;
  const digest = (name: string): string | null => (typeof run[name] === 'string' ? run[name] : null);
  return {
    run: readRun(run, path),
    checkpoint: { step, options: present, curve, sums, tensors: data },
    totalSteps,
    sources: {
      model: digest('model-sha256'),
      from: digest('from-sha256'),
      teacher: digest('teacher-sha256'),
    },
  };
}

interface RunText {
  readonly step: number;
  readonly totalSteps: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly curve: readonly EpochSummary[];
  readonly sums: Checkpoint['sums'];
  readonly run: Readonly<Record<string, unknown>>;
}

function parse(text: string, path: string): RunText | null {
  const value = parseJson(text, (fact) => {
    throw new InputError(`${path}: metadata run ${fact}; remove the file`);
  });
  return isRun(value) ? value : null;
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
