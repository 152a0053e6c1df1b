/**
 * @file A run that has come to its end: its network lies at its place, and nothing replaces it by accident.
 */
import { statSync } from 'node:fs';
import { InputError } from '../../errors.ts';
import { productIn } from '../../io/product-file.ts';
import { completed } from './run-record.ts';
import { type RunSources, sourcedRecord } from './saved-run.ts';
import type { TrainingRun } from './training-run.ts';

/** True when the network of a finished run, of any run, lies there. */
export const isFinished = (out: string): boolean => productIn(out)?.kind === 'trained network';

/** True when the network there was made by this very run: to repeat it loses nothing. */
export function isNetworkOf(out: string, run: TrainingRun, sources: RunSources): boolean {
  const found = productIn(out);
  if (found?.kind !== 'trained network') return false;
  const present = completed(found.provenance);
  return Object.entries(sourcedRecord(run, sources)).every(
    ([name, value]) => name === 'recipe' || (present[name] ?? null) === value,
  );
}

/** @throws InputError when anything but the network of this very run lies where a run would put its network */
export function refuseReplacing(out: string, run: TrainingRun, sources: RunSources): void {
  if (!statSync(out, { throwIfNoEntry: false })?.isFile() || isNetworkOf(out, run, sources)) return;
  const found = productIn(out);
  const what =
    found?.kind === 'trained network'
      ? 'the network of another finished run'
      : (found?.words ?? 'a file that no training made');
  throw new InputError(`${out}: ${what} lies here; choose another file, or say that it may be replaced`, {
    code: 'training-kept',
  });
}
