/** @file What the runs of a study come to: means over seeds with their intervals, and the paired test against the full course. */
import { repeated } from '../../src/lab/sweep/statistics.ts';
import { fixed, significant } from '../../src/report/format.ts';
import { wilsonInterval } from '../../src/report/interval.ts';
import { type Paired, paired, pairedWords } from '../../src/report/mcnemar.ts';
import type { Measured } from './measure.ts';

export interface Row {
  readonly id: string;
  readonly says: string;
  readonly mean: number;
  /** 95 %: of the mean over seeds (Student), or of the one run (Wilson). */
  readonly interval: readonly [low: number, high: number];
  /** The full course beside this one, over the images of all seeds; null for the full course itself. */
  readonly lever: Paired | null;
  readonly runs: readonly Omit<Measured, 'right'>[];
}

export function rowOf(
  id: string,
  says: string,
  runs: readonly Measured[],
  full: readonly Measured[] | null,
): Row {
  const { mean, reach } = repeated(runs.map(({ accuracy }) => accuracy));
  const joined = (all: readonly Measured[]): number[] => all.flatMap(({ right }) => [...right]);
  const [own, whole] = [joined(runs), full && joined(full)];
  return {
    ...{ id, says, mean },
    interval: reach === null ? wilsonInterval(mean, runs[0]!.images) : [mean - reach, mean + reach],
    lever:
      whole &&
      paired(
        whole,
        own,
        own.map(() => 1),
      ),
    runs: runs.map(({ right: _, ...run }) => run),
  };
}

/** In Markdown. */
export function leversTable(rows: readonly Row[]): string {
  const lines = rows.map(({ says, mean, interval, lever, runs }) =>
    [
      says,
      `${fixed(mean, 2)} (${interval.map((bound) => fixed(bound, 2)).join(' to ')})`,
      lever === null ? '' : pairedWords(lever),
      runs[0]!.operations.toExponential(1),
      significant(runs[0]!.macs / 1e6, 3),
    ].join(' | '),
  );
  return [
    '| without | validation % (95 %) | the full course is | training FLOPs | MMAC |',
    '|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}
