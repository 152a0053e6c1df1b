/** @file `npm run weight`: how heavy the project is beside what stated.json says; `--help` says more. */
import { existsSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { textTable } from '../../src/report/table.ts';
import { flag, text } from '../../src/terminal/options.ts';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';
import { advice, STATED, type Stated, stated as statedBefore, tooHeavy, tooSlow } from './judge.ts';
import { measureWeight } from './measure.ts';
import { measureTimes, type Times } from './times.ts';

const { values } = toolOptions({
  name: 'weight',
  says: [
    'Prints how heavy the project is beside what scripts/weight/stated.json says; status 1 where something',
    'has grown by more than the share that stands there too.',
  ],
  options: {
    sizes: flag('only judge sizes, and print nothing where none is too much: what npm run check does'),
    state: flag('write down what it weighs now: it is meant to have grown'),
    stages: text('FILE', 'seconds by stage, which .ci/run writes: also how long tests and CI took'),
  },
});
if (values.sizes && values.stages !== null)
  refuseTool(
    { name: 'weight' },
    '--sizes: expected no --stages beside it, found both; leave one of them out',
  );
if (values.stages !== null && !existsSync(values.stages))
  refuseTool({ name: 'weight' }, `--stages ${values.stages}: cannot be read (no such file)`);
const before = statedBefore();
const [weight, times] = [await measureWeight(), values.sizes ? {} : measureTimes(values.stages ?? undefined)];
const now: Stated = { shares: before.shares, ...weight, times: { ...before.times, ...times } };
if (values.state) writeFileSync(STATED, `${JSON.stringify(now, null, 2)}\n`);
const stated = values.state ? now : before;

const right = (title: string) => ({ title, align: 'right' }) as const;
const left = (title: string) => ({ title, align: 'left' }) as const;
const beside = (value: number, said: number | undefined): string => `${value} (${said ?? 'new'})`;
const table = (title: string, unit: string, values: Times, said: Times): string =>
  textTable(
    [left(title), right(`${unit} (stated)`)],
    Object.entries(values).map(([name, value]) => [name, beside(value, said[name])]),
  );

if (!values.sizes) print();

const tooMuch = [...tooHeavy(now, stated), ...tooSlow(times, stated)];
if (tooMuch.length > 0) {
  console.error(`\n${advice(tooMuch, stated.shares)}`);
  process.exitCode = 1;
}

function print(): void {
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
}
