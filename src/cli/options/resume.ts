/**
 * @file `--resume` and its absence: a run resumes from the checkpoint beside its model file, and a new run must not overwrite an
 * unfinished one.
 */
import { InputError, UsageError } from '../../errors.ts';
import { isFile } from '../../io/files.ts';
import { type RunRecord, recordOf } from '../../lab/training/run-record.ts';
import { loadRun, type SavedRun } from '../../lab/training/saved-run.ts';

/** @throws InputError when an unfinished run's checkpoint lies there */
export async function refuseUnfinished(path: string): Promise<void> {
  if (!(await isFile(path))) return;
  const { checkpoint, totalSteps } = await loadRun(path);
  if (checkpoint.step < totalSteps)
    throw new InputError(
      `${path}: an unfinished run lies here (step ${checkpoint.step} of ${totalSteps}); add --resume to finish it, choose another --out, or remove it`,
    );
}

/**
 * @param written the values of all options
 * @param given options that the user wrote out
 * @throws InputError when there is no checkpoint; UsageError when a given option differs from the saved run
 */
export async function openSavedRun(
  path: string,
  written: RunRecord,
  given: ReadonlySet<string>,
): Promise<SavedRun> {
  if (!(await isFile(path)))
    throw new InputError(`${path}: no checkpoint to resume from; check --out, or run without --resume`);
  const saved = await loadRun(path);
  const before = recordOf(saved.run);
  for (const name of Object.keys(before) as (keyof RunRecord)[])
    if (given.has(name) && before[name] !== written[name])
      throw new UsageError(
        `--${name} ${written[name]} differs from the run to resume (${before[name]}); leave it out`,
      );
  return saved;
}
