/**
 * @file The checkpoint beside a model file: what `--resume` goes on from, and what a new run must not overwrite.
 */
import { InputError, UsageError } from '../../errors.ts';
import { isFile } from '../../io/files.ts';
import type { Values } from '../../terminal/options.ts';
import { RUN_OPTIONS, type RunOptions } from '../options/training.ts';
import { loadRun, type SavedRun } from './saved-run.ts';

/** model.safetensors has its checkpoint in model.checkpoint.safetensors. */
export function checkpointPath(out: string): string {
  return `${out.replace(/\.safetensors$/, '')}.checkpoint.safetensors`;
}

/** @throws InputError when an unfinished run's checkpoint lies there */
export async function refuseUnfinished(path: string): Promise<void> {
  if (!(await isFile(path))) return;
  const { checkpoint, totalSteps } = await loadRun(path);
  if (checkpoint.step < totalSteps)
    throw new InputError(
      `${path}: an unfinished run lies here (step ${checkpoint.step} of ${totalSteps}); add --resume to go on with it, choose another --out, or remove it`,
    );
}

/**
 * The saved run, and the options that go on with it: the saved ones.
 * @param given options that the user wrote out
 * @throws InputError when there is no checkpoint; UsageError when a given option differs from the saved one
 */
export async function openRun(
  path: string,
  values: Values<RunOptions> & { readonly seed: number },
  given: ReadonlySet<string>,
): Promise<{ readonly saved: SavedRun; readonly run: Values<RunOptions> & { readonly seed: number } }> {
  if (!(await isFile(path)))
    throw new InputError(`${path}: no checkpoint to resume from; check --out, or run without --resume`);
  const saved = await loadRun(path);
  const run: Record<string, unknown> = {};
  for (const name of [...Object.keys(RUN_OPTIONS), 'seed'] as (keyof typeof values)[]) {
    if (!Object.hasOwn(saved.run, name))
      throw new InputError(
        `${path}: expected the run's option ${name}, found none; it was written by another version`,
      );
    const before = saved.run[name];
    if (given.has(name) && before !== values[name])
      throw new UsageError(
        `--${name} ${values[name]} differs from the run to resume (${before}); leave it out`,
      );
    run[name] = before;
  }
  return { saved, run: run as Values<RunOptions> & { readonly seed: number } };
}
