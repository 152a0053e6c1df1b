/** @file The guide's page of commands, from their own help. */
import type { CommandEntry } from '../../src/cli/commands.ts';
import { commandHelp, generalHelp } from '../../src/cli/help.ts';

const block = (text: string): string => ['```text', text, '```'].join('\n');

/** @returns the page as Markdown */
export async function commandPage(commands: readonly CommandEntry[]): Promise<string> {
  const general = generalHelp(commands, '').replace(/^strelu :/, 'strelu:');
  const sections = await Promise.all(
    commands.map(async (entry) => {
      const command = await entry.load();
      return [`## ${entry.name}`, block(commandHelp(command))].join('\n\n');
    }),
  );
  const head = [
    '# The command line',
    '<!-- Written by `npm run docs:commands` from the help itself. -->',
    'Installed, the program is `npx strelu`; in a clone it is `npm run strelu --`.\nResults go to standard output, progress to standard error.',
    block(general),
  ];
  return `${[...head, ...sections].join('\n\n')}\n`;
}
