/** @file What a study came to: its tables, what failed, CSV, and the result. */
import { writeAtomic } from '../../io/write-atomic.ts';
import { studyCsv } from '../../lab/sweep/csv.ts';
import { gatherParts } from '../../lab/sweep/gather-parts.ts';
import type { JobOutcome } from '../../lab/sweep/run-jobs.ts';
import { measuredOf, studyTables } from '../../lab/sweep/table.ts';
import { duration } from '../../report/format.ts';
import { settingText, studyTableText } from '../../report/study-text.ts';
import type { Outcome } from '../command.ts';
import type { SweepCall } from './options.ts';
import type { PlannedStudy } from './plan-study.ts';

export async function tellStudy(
  { options, print }: SweepCall,
  { study, folder }: PlannedStudy,
  ended: readonly JobOutcome[],
): Promise<Outcome> {
  const outcomes = await gatherParts(folder, ended);
  const measured = await measuredOf(folder, outcomes);
  const tables = studyTables(study, measured);
  for (const table of tables) print(studyTableText(table));
  const lost = outcomes.filter(({ state }) => state !== 'done');
  for (const outcome of lost) print(outcomeLine(outcome));
  if (options.csv !== null) await writeAtomic(options.csv, studyCsv(outcomes, measured));
  const figures = new Map(measured.map(({ job, metrics }) => [job.id, metrics]));
  const jobs = outcomes.map(({ job, ...rest }) => ({
    ...{ id: job.id, stage: job.stage, setting: job.setting, ...rest },
    figures: figures.get(job.id) ?? {},
  }));
  return { exit: lost.length === 0 ? 0 : 1, result: { sweep: { study: study.name, jobs, tables } } };
}

export const outcomeLine = ({ job, state, seconds, error }: JobOutcome): string =>
  `${job.stage} ${settingText(job.setting)}: ${error ? `${state}: ${error}` : `${state} in ${duration(seconds)}`}`;
