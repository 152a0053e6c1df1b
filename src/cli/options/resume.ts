/**
 * @file `--resume` and its absence: a run resumes from the checkpoint beside its model file, and a new run must not overwrite an
 * unfinished one. A finished run has no checkpoint.
 */
import { InputError, UsageError } from '../../errors.ts';
import { isFile } from '../../io/files.ts';
import { isFinished, isNetworkOf } from '../../lab/training/finished-run.ts';
import { type RunRecord, recordOf } from '../../lab/training/run-record.ts';
import { checkpointPath, loadRun, type SavedRun } from '../../lab/training/saved-run.ts';
import type { KernelSet } from '../../runtime.ts';

/**
 * @param out the model file
 * @throws InputError when an unfinished run's checkpoint lies beside it, or one that cannot be read
 */
export async function refuseUnfinished(out: string): Promise<void> {
  const path = checkpointPath(out);
  if (!(await isFile(path))) return;
  const { run, sources, checkpoint, totalSteps } = await loadRun(path).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${error.message}; or add --force to begin a new run in its place`);
  });
  // one that was killed between its last two acts: only the checkpoint is left to remove
  if (checkpoint.step === totalSteps && isNetworkOf(out, run, sources)) return;
  throw new InputError(
    `${path}: an unfinished run lies here (step ${checkpoint.step} of ${totalSteps}); add --resume to finish it, choose another --out, or add --force to begin anew`,
  );
}

/**
 * @param out the model file
 * @param written the values of all options
 * @param given options that the user wrote out
 * @throws InputError when there is no checkpoint; UsageError when a given option differs from the saved run
 */
export async function openSavedRun(
  out: string,
  written: RunRecord,
  given: ReadonlySet<string>,
): Promise<SavedRun> {
  const path = checkpointPath(out);
  if (!(await isFile(path)) && isFinished(out))
    throw new InputError(`${out}: the run is finished, and its network is here; nothing is left to resume`);
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

/** What the runtime of a run is made of. */
interface RuntimeChoice {
  readonly kernels: KernelSet;
  readonly workers: number;
  readonly deterministic: boolean;
}

/**
 * The runtime that a resumed run began with; a new run's is as the options say.
 * @throws UsageError when an option that is given says another
 */
export function resumedRuntime(
  options: RuntimeChoice,
  given: ReadonlySet<string>,
  saved: SavedRun | null,
): RuntimeChoice {
  const { kernels, workers, deterministic } = options;
  const bits = saved?.bits;
  if (!bits) return { kernels, workers, deterministic };
  if (given.has('kernels') && kernels !== bits.kernels)
    throw new UsageError(
      `--kernels ${kernels} differs from the run to resume (${bits.kernels}); leave it out`,
    );
  if (given.has('deterministic') && deterministic !== bits.deterministic)
    throw new UsageError('--deterministic differs from the run to resume, which is not; leave it out');
  return { kernels: bits.kernels, workers, deterministic: bits.deterministic };
}
