/**
 * @file `npm run weight`: prints how heavy the project is beside what stated.json says, and fails where something has grown by more
 * than a tenth. Whoever means it to grow writes it down: `npm run weight -- --state`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { textTable } from '../../src/report/table.ts';
import { measureWeight, type Weight } from './measure.ts';

const STATED = new URL('./stated.json', import.meta.url);
/** How much larger than stated something may be, and what is too little to speak of. */
const SHARE = 1.1;
const LEAST = { lines: 60, files: 3, kilobytes: 2 };

const found = await measureWeight();
if (process.argv.includes('--state')) writeFileSync(STATED, `${JSON.stringify(found, null, 2)}\n`);
const stated = JSON.parse(readFileSync(STATED, 'utf8')) as Weight;

const grown: string[] = [];
function beside(name: string, value: number, before: number | undefined, least: number): string {
  if (value > (before ?? 0) * SHARE + least) grown.push(name);
  return `${value} (${before ?? 'new'})`;
}

const right = (title: string) => ({ title, align: 'right' }) as const;
const rooms = Object.entries(found.rooms).map(([room, { files, lines }]) => {
  const before = stated.rooms[room];
  return [
    room,
    beside(`src/${room}: files`, files, before?.files, LEAST.files),
    beside(`src/${room}: lines`, lines, before?.lines, LEAST.lines),
  ];
});
console.log(
  textTable([{ title: 'room', align: 'left' }, right('files (stated)'), right('lines (stated)')], rooms),
);
const entries = Object.entries(found.entries).map(([entry, size]) => [
  entry,
  beside(`entry ${entry}: kilobytes`, size, stated.entries[entry], LEAST.kilobytes),
]);
console.log(
  `\n${textTable([{ title: 'entry', align: 'left' }, right('kB, minified, gzip (stated)')], entries)}`,
);
if (grown.length > 0) {
  console.error(
    `\ngrown by more than a tenth: ${grown.join('; ')}. If that is meant: npm run weight -- --state`,
  );
  process.exitCode = 1;
}
