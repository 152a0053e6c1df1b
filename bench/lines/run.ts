/** @file `npm run lines`: prints the table, and puts it into the guide's page. */
import { readFileSync, writeFileSync } from 'node:fs';
import { linesTable } from './count.ts';

const page = new URL('../../docs/guide/lines.md', import.meta.url);
const table = linesTable();
console.log(table);
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(/^\| task [\s\S]*?\n\n/m, () => `${table}\n\n`),
);
