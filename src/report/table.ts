/**
 * @file A table as text: numbers to the right, words to the left. No cell can begin a line or command the terminal.
 */
import { printablePart } from '../printable.ts';
import { largest } from './extremes.ts';

export type Align = 'left' | 'right';

export interface Column {
  readonly title: string;
  readonly align: Align;
}

/**
 * @param cells rows of text, one per column
 * @example
 * textTable([{ title: 'T', align: 'right' }], [['8']]); // " T\n--\n 8" without the padding
 */
export function textTable(columns: readonly Column[], cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(printablePart));
  const widths = columns.map((column, c) =>
    largest(
      rows.map((row) => (row[c] ?? '').length),
      column.title.length,
    ),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => (columns[c]?.align === 'right' ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join('  ')
      .trimEnd();
  return [
    line(columns.map((column) => column.title)),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...rows.map(line),
  ].join('\n');
}

/** The same as GitHub-flavoured Markdown. */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => printablePart(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(columns.map((column) => column.title)),
    `|${columns.map((column) => (column.align === 'right' ? '---:' : '---')).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}
