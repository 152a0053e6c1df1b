/** @file `npm run lines`: prints the table, and puts it into the guide's page. */
import { readFileSync, writeFileSync } from 'node:fs';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { linesTable } from './count.ts';

toolOptions({
  name: 'lines',
  says: [
    'Prints lines of code of the same tasks in several libraries, and puts the table into docs/guide/lines.md.',
  ],
});
const page = new URL('../../docs/guide/lines.md', import.meta.url);
const table = linesTable();
console.log(table);
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(/^\| task [\s\S]*?\n\n/m, () => `${table}\n\n`),
);
