/** @file `--tune FILE`: the times of layers on this machine, read before a run and kept after it. */
import { readTuning, writeTuning } from '../../io/tuning-file.ts';
import { describeMachine } from '../../lab/index.ts';
import { packageVersion } from '../../lab/version.ts';
import type { TuningTable } from '../../snn/tuning-table.ts';
import type { CommandFiles } from '../command-files.ts';

export interface Tuning {
  readonly table: TuningTable;
  /** Writes what was timed since, if anything was. */
  keep(): Promise<void>;
}

/**
 * Null without the option.
 * @throws UsageError, InputError when the file is no tuning table, or cannot be written
 */
export async function openTuning(files: CommandFiles, path: string | null): Promise<Tuning | null> {
  if (path === null) return null;
  files.writes('--tune', path, ['tuning table']);
  const { processor, cores, runtime } = describeMachine();
  const machine = `${processor}, ${cores} cores, ${runtime}, strelu ${packageVersion()}`;
  const table = await readTuning(path, machine);
  const known = table.size;
  return {
    table,
    async keep() {
      if (table.size > known) await writeTuning(path, machine, table);
    },
  };
}
