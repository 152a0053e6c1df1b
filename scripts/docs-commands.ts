/** @file `npm run docs:commands`: writes docs/guide/command-line.md from the help. */
import { writeFileSync } from 'node:fs';
import { COMMANDS } from '../src/cli/commands.ts';
import { commandPage } from './docs/command-page.ts';

writeFileSync(new URL('../docs/guide/command-line.md', import.meta.url), await commandPage(COMMANDS));
