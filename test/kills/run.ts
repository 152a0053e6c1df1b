/** @file `npm run kills`: commands that are killed at random moments, and go on to the same bytes; `--help` says more. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { describeMachine } from '../../src/lab/machine.ts';
import { integer, text, textOr } from '../../src/terminal/options.ts';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';
import { killOften } from './kill-often.ts';
import type { KillRecord, KillRow } from './record.ts';
import { WORKS } from './works.ts';

const NAMES = Object.keys(WORKS).join(',');
const { values } = toolOptions({
  name: 'kills',
  says: [
    'Kills (SIGKILL) a training, a comparison, the results, a study and a download at random moments,',
    'half of them as soon as a file is half written. Each must end with the bytes of a run that nobody',
    'touched, and leave nothing beside them. Status 1 at a fault.',
  ],
  options: {
    count: integer(100, 'kills of each', 1),
    only: textOr('NAME,...', NAMES, 'only these'),
    seed: integer(1, 'of the moments'),
    out: text('FILE', 'keep what was done; a repeated run goes on from there'),
  },
});
const { count: kills, seed } = values;
const names = values.only.split(',');
for (const name of names)
  if (!WORKS[name]) refuseTool({ name: 'kills' }, `--only: expected some of ${NAMES}, found ${name}`);
const record: KillRecord =
  values.out !== null && existsSync(values.out)
    ? (JSON.parse(readFileSync(values.out, 'utf8')) as KillRecord)
    : { command: 'npm run kills', seed, date: today(), machine: describeMachine(), works: {} };

for (const name of names) {
  const create = WORKS[name]!;
  const row: KillRow = record.works[name] ?? { kills: 0, whileWriting: 0, goneOn: 0, ends: 0, fault: null };
  record.works[name] = row;
  row.fault = null;
  await killOften(name, create, { kills, seed: record.seed, row, save }).catch((error: unknown) => {
    row.fault = error instanceof Error ? error.message.slice(0, 2000) : String(error);
    process.exitCode = 1;
  });
  save();
  console.log(
    `${name}: ${row.kills} kills, ${row.whileWriting} with a file half written; gone on with ${row.goneOn} times what was there; ` +
      `${row.ends} times at the end, each with the same bytes${row.fault === null ? '' : `\n${row.fault}`}`,
  );
}

function save(): void {
  if (values.out === null) return;
  record.date = today();
  writeFileSync(`${values.out}.partial`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${values.out}.partial`, values.out);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
