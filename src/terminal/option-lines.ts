/**
 * @file The options of a table as a help text shows them.
 */
import { wrap } from '../report/format.ts';
import type { OptionTable } from './options.ts';

/** Columns of a help text. */
export const HELP_WIDTH = 100;

/** A long list of choices moves into the help text. */
const shortPlaceholder = (placeholder: string): string => (placeholder.length > 70 ? 'NAME' : placeholder);

/** The values that a long placeholder stood for. */
const listOf = ({ choices, placeholder }: OptionTable[string]): string =>
  (choices.length > 0 ? choices : placeholder.split('|')).join(', ');

/** One option after the other, as a help text shows them, with their defaults. */
export function optionLines(table: OptionTable): string[] {
  const rows = Object.entries(table).map(([name, option]) => ({
    left: `  --${name}${option.placeholder === '' ? '' : ` ${shortPlaceholder(option.placeholder)}`}`,
    right: [
      option.help,
      ...(shortPlaceholder(option.placeholder) === option.placeholder ? [] : [`(${listOf(option)})`]),
      ...(option.shown === '' ? [] : [`[${option.shown}]`]),
    ].join(' '),
  }));
  const column = Math.min(34, Math.max(...rows.map((row) => row.left.length)) + 2);
  return rows.flatMap(({ left, right }) => {
    const lines = wrap(right, HELP_WIDTH - column).map((line) => ' '.repeat(column) + line);
    if (left.length + 2 > column) return [left, ...lines];
    return [left.padEnd(column) + lines[0]!.slice(column), ...lines.slice(1)];
  });
}
