/**
 * @file `npm run kills` kills (SIGKILL) a training, a comparison, the results, a study and a download at random moments, half of them as
 * soon as a file is half written: `--count N` of each, `--only NAME,...`, `--seed N`. Each must end with the bytes of a run that nobody
 * touched, and leave nothing beside them. `--out FILE` keeps what was done, and a repeated run goes on from there. Status 1 at a fault.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { describeMachine } from '../../src/lab/machine.ts';
import { killOften } from './kill-often.ts';
import type { KillRecord, KillRow } from './record.ts';
import { WORKS } from './works.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    only: { type: 'string', default: Object.keys(WORKS).join(',') },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const [kills, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error('kills: expected --count with a number of kills, and --seed with a whole number');
  process.exit(2);
}
const record: KillRecord =
  values.out !== undefined && existsSync(values.out)
    ? (JSON.parse(readFileSync(values.out, 'utf8')) as KillRecord)
    : { command: 'npm run kills', seed, date: today(), machine: describeMachine(), works: {} };

for (const name of values.only.split(',')) {
  const create = WORKS[name];
  if (!create) throw new Error(`${name}: no such work; there are ${Object.keys(WORKS).join(', ')}`);
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
  if (values.out === undefined) return;
  record.date = today();
  writeFileSync(`${values.out}.partial`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${values.out}.partial`, values.out);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
