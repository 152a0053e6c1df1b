/**
 * @file `npm run pages`: writes the figures of docs/measured/ into the pages that quote them, the numbers of lines into the tour, and
 * breaks prose at 130 columns; long files lose their white space. A test fails when a page is other than this makes it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { allPages } from './all-pages.ts';
import { blocksOf, filesOf, filled, PAGES } from './fill.ts';
import { withLines } from './line-links.ts';
import { MEASURED } from './measured.ts';
import { wrapped } from './wrap.ts';

/** Files of more characters are kept without white space. */
const LONGEST = 200_000;

toolOptions({
  name: 'pages',
  says: [
    'Writes the figures of docs/measured/ into the pages that quote them, the numbers of lines into the tour,',
    'and breaks prose at 130 columns.',
  ],
});
const root = new URL('../../', import.meta.url);
const folder = new URL('docs/measured/', root);
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const url = new URL(name, folder);
  const text = readFileSync(url, 'utf8');
  if (text.length > LONGEST) writeFileSync(url, `${JSON.stringify(JSON.parse(text))}\n`);
}
for (const page of PAGES) {
  const url = new URL(page, root);
  const text = readFileSync(url, 'utf8');
  writeFileSync(url, filled(text, folder));
  for (const name of blocksOf(text)) {
    const { files, command } = MEASURED[name]!;
    const paths = files.map((file) => `docs/measured/${file}.json`).join(' and ');
    console.log(
      filesOf(name, folder)
        ? `${page}: ${name} from ${paths}`
        : `${page}: ${name} is as it was: no ${paths}; ${command}`,
    );
  }
}
const tour = new URL('docs/guide/tour.md', root);
writeFileSync(tour, withLines(readFileSync(tour, 'utf8'), tour));

for (const page of allPages(root)) {
  const url = new URL(page, root);
  writeFileSync(url, wrapped(readFileSync(url, 'utf8')));
}
