/** @file `--tune FILE`: the times of layers on this machine, read before a run and kept after it. */
import { checkLock } from '../../io/file-lock.ts';
import { readTuning, writeTuning } from '../../io/tuning-file.ts';
import { describeMachine } from '../../lab/index.ts';
import { packageVersion } from '../../lab/version.ts';
import type { TuningTable } from '../../snn/tuning-table.ts';
import type { OptionTable } from '../../terminal/options.ts';
import type { Call } from '../command.ts';

export interface Tuning {
  readonly table: TuningTable;
  /** Writes what was timed since, if anything was, and says so. */
  keep(): Promise<void>;
}

/**
 * Null without the option.
 * @throws UsageError, InputError when the file is no tuning table, or cannot be written
 */
export async function openTuning(
  { files, progress }: Pick<Call<OptionTable>, 'files' | 'progress'>,
  path: string | null,
): Promise<Tuning | null> {
  if (path === null) return null;
  files.writes('--tune', path, ['tuning table']);
  checkLock(path);
  const { processor, cores, runtime } = describeMachine();
  const machine = `${processor}, ${cores} cores, ${runtime}, strelu ${packageVersion()}`;
  const table = await readTuning(path, machine);
  const known = table.size;
  return {
    table,
    async keep() {
      const timed = table.size - known;
      if (timed > 0)
        await writeTuning(path, machine, table, (holder) =>
          progress.note(
            `--tune: waits for ${holder}, which has ${path}.lock; if that run is gone for good, remove it`,
          ),
        );
      const kinds = `${timed} ${timed === 1 ? 'kind of layer' : 'kinds of layers'}`;
      const words = timed > 0 ? `${kinds} timed, kept in` : 'nothing timed, all times are in';
      progress.note(`--tune: ${words} ${path}`);
    },
  };
}
