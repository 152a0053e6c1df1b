/** @file The jobs of a study as CSV (RFC 4180): what varied, how it ended, every figure. */
import type { JobOutcome } from './run-jobs.ts';
import type { Measured } from './table.ts';

/** A line for each job; a column for each varied option and each figure that any job has. */
export function studyCsv(outcomes: readonly JobOutcome[], measured: readonly Measured[]): string {
  const metrics = new Map(measured.map(({ job, metrics }) => [job.id, metrics]));
  const varied = [...new Set(outcomes.flatMap(({ job }) => Object.keys(job.setting)))];
  const figures = [...new Set(measured.flatMap((one) => Object.keys(one.metrics)))].sort();
  const lines = [['stage', 'job', 'state', 'seconds', 'error', ...varied, ...figures]];
  for (const { job, state, seconds, error = '' } of outcomes) {
    const found = metrics.get(job.id) ?? {};
    lines.push([
      ...[job.stage, job.id, state, seconds.toFixed(3), error],
      ...varied.map((name) => String(job.setting[name] ?? '')),
      ...figures.map((name) => String(found[name] ?? '')),
    ]);
  }
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
