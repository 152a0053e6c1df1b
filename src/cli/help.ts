/**
 * @file The help texts, all from the commands' own declarations.
 */

import { wrap } from '../report/format.ts';
import { COMMON_OPTIONS } from '../terminal/common-options.ts';
import { HELP_WIDTH, optionLines } from '../terminal/option-lines.ts';
import type { OptionTable } from '../terminal/options.ts';
import type { Command, Positional } from './command.ts';
import type { CommandEntry } from './commands.ts';

export function generalHelp(commands: readonly CommandEntry[], version: string): string {
  const column = Math.max(...commands.map((entry) => entryUsage(entry).length)) + 2;
  return [
    `strelu ${version}: train a network with the symmetric-threshold ReLU, turn it into a spiking network,`,
    'run that by its spikes alone, and show what was lost.',
    '',
    'Usage: strelu COMMAND [options]',
    '',
    'Commands:',
    ...commands.map((entry) => `  ${entryUsage(entry).padEnd(column)}${entry.summary}`),
    '',
    'Options of every command:',
    ...optionLines(COMMON_OPTIONS),
    '',
    'strelu COMMAND --help shows the rest, with examples. Exit status: 0 done, 1 failed (a check does not',
    'hold, a bad file), 2 wrong usage. STRELU_DEBUG=1 shows the stack of an unexpected error.',
  ].join('\n');
}

export function commandHelp(command: Command): string {
  const own = ownLines(command);
  const files = command.positionals.map(
    (positional) => `  ${shownName(positional).padEnd(13)}${positional.help}`,
  );
  return [
    `Usage: strelu ${usageName(command)} [options]`,
    '',
    ...wrap(command.description, HELP_WIDTH),
    '',
    ...(files.length > 0 ? [...files, ''] : []),
    ...own,
    'Options of every command:',
    ...optionLines(COMMON_OPTIONS),
    '',
    ...nameLines(command),
    'Examples:',
    ...command.examples.flatMap((example) => [`  ${example.line}`, `      ${example.says}`]),
  ].join('\n');
}

/** The command's own options: those in no group, then group by group. */
function ownLines({ options, groups = [] }: Command): string[] {
  const grouped = new Set(groups.flatMap((group) => group.options));
  const pick = (wanted: (name: string) => boolean): OptionTable =>
    Object.fromEntries(Object.entries(options).filter(([name]) => wanted(name)));
  const parts = [
    { title: 'Options', table: pick((name) => !grouped.has(name)) },
    ...groups.map((group) => ({
      title: group.title,
      table: pick((name) => group.options.includes(name)),
    })),
  ];
  return parts.flatMap(({ title, table }) =>
    Object.keys(table).length > 0 ? [`${title}:`, ...optionLines(table), ''] : [],
  );
}

/** "convert MODEL", before the command is loaded. */
const entryUsage = ({ name, files }: CommandEntry): string => (files === '' ? name : `${name} ${files}`);

function nameLines({ names }: Command): string[] {
  if (!names) return [];
  const column = Math.max(...names.list.map(({ name }) => name.length)) + 4;
  const rows = names.list.flatMap(({ name, help }) => {
    const [first = '', ...more] = wrap(help, HELP_WIDTH - column);
    return [`  ${name}`.padEnd(column) + first, ...more.map((line) => ' '.repeat(column) + line)];
  });
  return [`${names.title}:`, ...rows, ''];
}

/** "MODEL", "RUN.json...". */
export function shownName({ name, several }: Positional): string {
  return several === undefined ? name : `${name}...`;
}

/** "convert MODEL". */
export function usageName(command: Command): string {
  return [command.name, ...command.positionals.map(shownName)].join(' ');
}
