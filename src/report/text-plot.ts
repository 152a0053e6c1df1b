/**
 * @file A small line plot in characters, for a terminal.
 */
import { largest, smallest } from './extremes.ts';
import { significant } from './format.ts';

export interface TextSeries {
  readonly name: string;
  /** One per column of the plot, all series alike. */
  readonly values: readonly number[];
  /** A single character. */
  readonly mark: string;
}

/** @param labels under the columns, as many as values */
export function textPlot(series: readonly TextSeries[], labels: readonly string[], height = 8): string {
  const all = series.flatMap((one) => one.values).filter(Number.isFinite);
  const low = smallest(all);
  const high = largest(all);
  const span = high - low || 1;
  const columnWidth = largest(
    labels.map((label) => label.length + 1),
    4,
  );
  const rows = Array.from({ length: height }, () =>
    Array.from({ length: labels.length * columnWidth }, () => ' '),
  );
  for (const one of series) {
    one.values.forEach((value, i) => {
      if (!Number.isFinite(value)) return;
      const row = Math.round(((high - value) / span) * (height - 1));
      const cell = i * columnWidth + columnWidth - 1;
      rows[row]![cell] = rows[row]![cell] === ' ' ? one.mark : '*';
    });
  }
  const axis = rows.map((_, row) =>
    row === 0 || row === height - 1 || row === Math.floor(height / 2)
      ? significant(high - (span * row) / (height - 1), 4)
      : '',
  );
  const margin = largest(axis.map((label) => label.length));
  return [
    ...rows.map((row, r) => `${axis[r]!.padStart(margin)} |${row.join('').trimEnd()}`),
    `${' '.repeat(margin)} +${'-'.repeat(labels.length * columnWidth)}`,
    `${' '.repeat(margin)}  ${labels.map((label) => label.padStart(columnWidth)).join('')}`,
    `${' '.repeat(margin)}  ${series.map((one) => `${one.mark} ${one.name}`).join('   ')}   * both`,
  ].join('\n');
}
