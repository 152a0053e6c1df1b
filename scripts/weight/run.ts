/** @file `npm run weight`: how heavy the project is beside what stated.json says; `--help` says more. */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { textTable } from '../../src/report/table.ts';
import { flag, text } from '../../src/terminal/options.ts';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { type Figure, grown } from './grown.ts';
import { measureWeight, type Weight } from './measure.ts';
import { measureTimes, type Times } from './times.ts';

/** stated.json. */
interface Stated extends Weight {
  /** How many times as much is too much: of lines, files and kilobytes; of times, as machines differ. */
  readonly shares: { readonly size: number; readonly time: number };
  readonly times: Times;
}

const STATED = new URL('./stated.json', import.meta.url);
/** What is too little to speak of. */
const LEAST = { lines: 60, files: 3, kilobytes: 2, seconds: 0.3 };

const { values } = toolOptions({
  name: 'weight',
  says: [
    'Prints how heavy the project is beside what scripts/weight/stated.json says; status 1 where something',
    'has grown by more than the share that stands there too.',
  ],
  options: {
    state: flag('write down what it weighs now: it is meant to have grown'),
    stages: text('FILE', 'seconds by stage, which .ci/run writes: also how long tests and CI took'),
  },
});
const before = JSON.parse(readFileSync(STATED, 'utf8')) as Stated;
const [weight, times] = [await measureWeight(), measureTimes(values.stages ?? undefined)];
const now: Stated = { shares: before.shares, ...weight, times: { ...before.times, ...times } };
if (values.state) writeFileSync(STATED, `${JSON.stringify(now, null, 2)}\n`);
const stated = values.state ? now : before;
const { size, time } = stated.shares;

const right = (title: string) => ({ title, align: 'right' }) as const;
const left = (title: string) => ({ title, align: 'left' }) as const;
const beside = (value: number, said: number | undefined): string => `${value} (${said ?? 'new'})`;
const table = (title: string, unit: string, values: Times, said: Times): string =>
  textTable(
    [left(title), right(`${unit} (stated)`)],
    Object.entries(values).map(([name, value]) => [name, beside(value, said[name])]),
  );
const figures = (kind: string, values: Times, said: Times): Figure[] =>
  Object.entries(values).map(([name, value]) => ({ name: `${kind} ${name}`, value, before: said[name] }));
const column = (rooms: Weight['rooms'], unit: 'files' | 'lines'): Times =>
  Object.fromEntries(Object.entries(rooms).map(([room, weight]) => [room, weight[unit]]));

const rooms = Object.entries(now.rooms).map(([room, { files, lines }]) => [
  room,
  beside(files, stated.rooms[room]?.files),
  beside(lines, stated.rooms[room]?.lines),
]);
console.log(textTable([left('room'), right('files (stated)'), right('lines (stated)')], rooms));
console.log(`\n${table('entry', 'kB, minified, gzip', now.entries, stated.entries)}`);
console.log(`\n${table('time', 'seconds', times, stated.times)}`);
const missing = Object.keys(stated.times).filter((name) => times[name] === undefined);
if (missing.length > 0)
  console.log(`not measured here: ${missing.join(', ')} (npm run build; .ci/run measures all)`);

const tooMuch = [
  ...(['files', 'lines'] as const).flatMap((unit) =>
    grown(figures(`${unit} of`, column(now.rooms, unit), column(stated.rooms, unit)), size, LEAST[unit]),
  ),
  ...grown(figures('kilobytes of', now.entries, stated.entries), size, LEAST.kilobytes),
  ...grown(figures('seconds of', times, stated.times), time, LEAST.seconds),
];
if (tooMuch.length > 0) {
  console.error(
    `\ngrown to more than ${size} times (times: ${time} times) what scripts/weight/stated.json says: ${tooMuch.join('; ')}. If that is meant: npm run weight -- --state`,
  );
  process.exitCode = 1;
}
