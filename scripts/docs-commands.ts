/** @file `npm run docs:commands`: writes docs/guide/command-line.md from the help. */
import { writeFileSync } from 'node:fs';
import { COMMANDS } from '../src/cli/commands.ts';
import { toolOptions } from '../src/terminal/tool-options.ts';
import { commandPage } from './docs/command-page.ts';

toolOptions({ name: 'docs:commands', says: ['Writes docs/guide/command-line.md from the help.'] });
writeFileSync(new URL('../docs/guide/command-line.md', import.meta.url), await commandPage(COMMANDS));
