/**
 * @file A training run in its checkpoint file: what run it is, where it has come to, what it has learned.
 */
import { InputError } from '../../errors.ts';
import { nameOf } from '../../format/fields.ts';
import { writeJson } from '../../format/parse-json.ts';
import { damageOf, readCheckpointText, writeCheckpointText } from '../../io/saved-checkpoint.ts';
import type { Checkpoint } from '../../train/checkpoint.ts';
import type { TrainOptions } from '../../train/options.ts';
import { presentOptions } from './former-names.ts';
import type { RunBits } from './run-bits.ts';
import { checkRun } from './run-limits.ts';
import { readRun, recordOf } from './run-record.ts';
import { isBits, isRun } from './run-text.ts';
import { type TrainingRun, trainOptions } from './training-run.ts';

export interface SavedRun {
  readonly run: TrainingRun;
  readonly checkpoint: Checkpoint;
  readonly totalSteps: number;
  /** SHA-256 of the files that describe its network, that it started from and that it learns from; null: it has none. */
  readonly sources: RunSources;
  /** What decides its bits besides; null in files of earlier versions. */
  readonly bits: RunBits | null;
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
  const { checkpoint, totalSteps, sources, bits } = saved;
  const { step, options, curve, sums } = checkpoint;
  const run = sourcedRecord(saved.run, sources);
  const text = writeJson({ step, totalSteps, options, curve, sums, run, ...(bits && { bits }) });
  await writeCheckpointText(path, text, checkpoint.tensors);
}

/**
 * A checkpoint is believed only as far as it can be checked: its digest, the bounds of every option, that its parts fit each other.
 * @throws InputError when the file is missing, damaged, or not a run's
 */
export async function loadRun(path: string): Promise<SavedRun> {
  const { value: found, tensors: data, digest: sha256 } = await readCheckpointText(path);
  const damaged = damageOf(path);
  if (!isRun(found))
    throw new InputError(`${path}: expected a training run in its metadata, found none; remove the file`);
  // files of earlier versions have no digest, and nothing else of this one
  if (sha256 === null && found.bits !== undefined) damaged('expected a digest of its content, found none');
  const { step, totalSteps, options, curve, sums, run: record, bits = null, ...others } = found;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) damaged(`unknown field ${nameOf(unknown)} in its run`);
  if (bits !== null && !isBits(bits))
    damaged('expected kernels and digests of the images, found something else');
  const run = readRun(record, path);
  checkRun(recordOf(run), path);
  const present = presentOptions(options) as unknown as TrainOptions;
  const told = Object.entries(trainOptions(run)).find(
    ([name, value]) => !agrees(present[name as keyof TrainOptions], value),
  );
  if (told) damaged(`expected ${told[0]} as its run has it, found another`);
  const digest = (name: string): string | null => (typeof record[name] === 'string' ? record[name] : null);
  return {
    run,
    checkpoint: { step, options: present, curve, sums, tensors: data },
    totalSteps,
    sources: {
      model: digest('model-sha256'),
      from: digest('from-sha256'),
      teacher: digest('teacher-sha256'),
    },
    bits,
  };
}

/** True where two values say the same; what only one of them says is left out, as files of earlier versions do. */
function agrees(found: unknown, expected: unknown): boolean {
  if (found === undefined) return true;
  if (typeof found !== 'object' || found === null || typeof expected !== 'object' || expected === null)
    return found === expected;
  const parts = found as Readonly<Record<string, unknown>>;
  return Object.entries(expected).every(([name, value]) => agrees(parts[name], value));
}
