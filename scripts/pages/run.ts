/** @file `npm run pages`: writes the figures of docs/measured/ into the pages that quote them; a test fails when the two disagree. */
import { readFileSync, writeFileSync } from 'node:fs';
import { blocksOf, fileOf, filled, PAGES } from './fill.ts';
import { MEASURED } from './measured.ts';

const root = new URL('../../', import.meta.url);
const folder = new URL('docs/measured/', root);
for (const page of PAGES) {
  const url = new URL(page, root);
  const text = readFileSync(url, 'utf8');
  writeFileSync(url, filled(text, folder));
  for (const name of blocksOf(text)) {
    const { file, command } = MEASURED[name]!;
    console.log(
      fileOf(name, folder)
        ? `${page}: ${name} from docs/measured/${file}.json`
        : `${page}: ${name} is as it was: no docs/measured/${file}.json; ${command}`,
    );
  }
}
