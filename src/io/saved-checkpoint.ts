/** @file Checkpoints of a training on disk: what `fit` hands to `save`, and what it takes as `resume`. */
import { InputError } from '../errors.ts';
import type { CheckpointTensor } from '../format/checkpoint-format.ts';
import { nameOf } from '../format/fields.ts';
import { parseJson, writeJson } from '../format/parse-json.ts';
import type { Checkpoint } from '../train/checkpoint.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../train/options.ts';
import { readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts';
import { type CheckpointText, isCheckpointText, isObject } from './checkpoint-text.ts';
import { namedDigest } from './digest.ts';

/** What `strelu train` writes besides. */
const OF_THE_COMMAND = ['totalSteps', 'run', 'bits'];

/**
 * Writes a checkpoint of `fit` or `train`; the file that was there stays whole until the new one is, and what could not be read again
 * is not written.
 * @throws InputError when it cannot be written, or holds NaN or an infinity
 * @example
 * const data = { train: dataset, test: dataset };
 * const options = { ...TRAIN_DEFAULTS, epochs: 2, batchSize: 10 };
 * const path = `${folder}/run.checkpoint.safetensors`;
 * await fit(runtime, model, data, options, { save: (checkpoint) => saveCheckpoint(path, checkpoint) });
 * (await loadCheckpoint(path)).curve.length; // 2
 */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { step, options, curve, sums, tensors } = checkpoint;
  await writeCheckpointText(path, writeJson({ step, options, curve, sums }), tensors);
}

/**
 * Reads a checkpoint, that `fit` resumes from to the same bits; one that `strelu train` left is read as well.
 * @throws InputError when the file is missing, damaged, or of a training with options that are not known
 * @example
 * const options = { ...TRAIN_DEFAULTS, epochs: 1, batchSize: 10 };
 * const path = `${folder}/run.checkpoint.safetensors`;
 * const data = { train: dataset, test: dataset };
 * await fit(runtime, model, data, options, { save: (checkpoint) => saveCheckpoint(path, checkpoint) });
 * const resume = await loadCheckpoint(path);
 * (await fit(runtime, model, data, resume.options, { resume })).curve.length; // 1
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  const { value, tensors } = await readCheckpointText(path);
  const damaged = damageOf(path);
  if (!isCheckpointText(value))
    return damaged('expected step, options, curve and sums of a training, found something else');
  const { step, options, curve, sums, ...others } = value as CheckpointText & Record<string, unknown>;
  const unknown = Object.keys(others).find((name) => !OF_THE_COMMAND.includes(name));
  if (unknown !== undefined) damaged(`unknown field ${nameOf(unknown)} in its training`);
  return { step, options: readOptions(options, damaged), curve, sums, tensors };
}

/** A text beside tensors, with a digest of both. */
export async function writeCheckpointText(
  path: string,
  text: string,
  tensors: Checkpoint['tensors'],
): Promise<void> {
  const shaped = new Map<string, CheckpointTensor>();
  for (const [name, data] of tensors) shaped.set(name, { shape: [data.length], data });
  await writeCheckpointFile(path, {
    tensors: shaped,
    metadata: { run: text, sha256: contentDigest(text, tensors) },
  });
}

/** The JSON of a checkpoint file and its tensors; null: files of earlier versions have no digest. @throws InputError */
export async function readCheckpointText(
  path: string,
): Promise<{ value: unknown; tensors: Checkpoint['tensors']; digest: string | null }> {
  const { tensors: shaped, metadata } = await readCheckpointFile(path);
  const damaged = damageOf(path);
  const { run: text, sha256 = null, ...rest } = metadata;
  if (text === undefined)
    throw new InputError(`${path}: expected a training run in its metadata, found none; remove the file`);
  const value = parseJson(text, (fact) => {
    throw new InputError(`${path}: metadata run ${fact}; remove the file`);
  });
  const [odd] = Object.keys(rest);
  if (odd !== undefined) damaged(`expected run and sha256 in its metadata, found ${odd}`);
  const tensors = new Map([...shaped].map(([name, tensor]) => [name, tensor.data]));
  if (sha256 !== null && sha256 !== contentDigest(text, tensors))
    damaged(`expected content of SHA-256 ${sha256}, found another`);
  return { value, tensors, digest: sha256 };
}

/** What tells that a file is not as it was written. */
export const damageOf =
  (path: string) =>
  (fact: string): never => {
    throw new InputError(`${path}: ${fact}; the file is damaged, remove it`);
  };

/** Options by their names, each of the kind of its default; what a file leaves out has its default. */
function readOptions(found: CheckpointText['options'], damaged: (fact: string) => never): TrainOptions {
  for (const [name, value] of Object.entries(found)) {
    const usual: unknown = (TRAIN_DEFAULTS as unknown as Record<string, unknown>)[name];
    if (!Object.hasOwn(TRAIN_DEFAULTS, name)) damaged(`unknown option ${nameOf(name)} of its training`);
    const alike =
      usual === null ? value === null || typeof value === 'number' : typeof value === typeof usual;
    if (!alike || isObject(value) !== isObject(usual))
      damaged(`expected option ${name} of its training as a ${typeof usual}, found ${typeof value}`);
  }
  return { ...TRAIN_DEFAULTS, ...found } as TrainOptions;
}

/** Of all that a checkpoint holds, in an order of its own. */
function contentDigest(text: string, tensors: Checkpoint['tensors']): string {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
    new Uint8Array(buffer, byteOffset, byteLength);
  return namedDigest([
    ['run', new TextEncoder().encode(text)],
    ...sorted.map(([name, data]) => [name, bytes(data)] as const),
  ]);
}
