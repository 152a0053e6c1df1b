/** @file The score of every room: what share of the mutants tried some test noticed, and how sure that is. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { withInterval } from '../../src/report/interval.ts';
import type { Candidate } from './candidates.ts';
import { isEquivalent } from './equivalent.ts';
import { ROOMS, ROOT } from './paths.ts';
import type { Result } from './results.ts';

/** Counts of one room. Equivalent mutants are in no other count but `mutants`. */
export interface Row {
  readonly room: string;
  /** All there are. */
  readonly mutants: number;
  killed: number;
  late: number;
  equivalent: number;
  /** Of all that were tried, equivalent ones too: those noticed before tests were written for what survived. */
  atFirst: number;
  readonly survivors: string[];
}

export function scoreOf(
  tried: readonly Candidate[],
  all: readonly Candidate[],
  results: ReadonlyMap<string, Result>,
): Row[] {
  return ROOMS.map((room) => {
    const mutants = all.filter((one) => one.room === room).length;
    const row: Row = { room, mutants, killed: 0, late: 0, equivalent: 0, atFirst: 0, survivors: [] };
    for (const { key, file, mutant } of tried.filter((one) => one.room === room)) {
      const { verdict, atFirst } = results.get(key)!;
      if (atFirst ?? (verdict === 'killed' || verdict === 'late')) row.atFirst++;
      if (verdict === 'killed' || verdict === 'late') row[verdict]++;
      else if (isEquivalent(file, mutant)) row.equivalent++;
      else row.survivors.push(`${file}:${mutant.line}  ${mutant.before}  =>  ${mutant.after}`);
    }
    row.survivors.sort();
    return row;
  }).filter(({ mutants }) => mutants > 0);
}

export function summary(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ survivors }) => survivors);
  if (lines.length > 0) lines.unshift('Survivors:');
  const total: Row = {
    room: 'all',
    mutants: 0,
    killed: 0,
    late: 0,
    equivalent: 0,
    atFirst: 0,
    survivors: [],
  };
  for (const row of rows) {
    total.killed += row.killed;
    total.late += row.late;
    total.equivalent += row.equivalent;
    total.atFirst += row.atFirst;
    total.survivors.push(...row.survivors);
  }
  const mutants = rows.reduce((sum, row) => sum + row.mutants, 0);
  return [...lines, ...rows.map(describe), describe({ ...total, mutants })].join('\n');
}

function describe({ room, mutants, killed, late, equivalent, atFirst, survivors }: Row): string {
  const noticed = killed + late;
  const tried = noticed + survivors.length;
  const score = tried === 0 ? '-' : `${withInterval((100 * noticed) / tried, tried)} %`;
  return `${room.padEnd(8)} ${score}: ${noticed} of ${tried} noticed (${late} by never ending), ${atFirst} at first, ${equivalent} equivalent, ${mutants} in all`;
}

/** How many noticed mutants are kept with the test that noticed them, to be tried again in a minute. */
const KEPT_SAMPLE = 30;

/** The record that is committed: what was tried, where and when, and a sample that `--again` tries. */
export interface Record {
  readonly date: string;
  readonly machine: string;
  readonly seed: number;
  readonly rooms: readonly Row[];
  readonly sample: readonly { readonly key: string; readonly by: string }[];
}

export const RECORD_FILE: string = `${ROOT}test/mutate/record.json`;

/** @param quick test files that take little time */
export function writeRecord(
  rows: readonly Row[],
  seed: number,
  tried: readonly Candidate[],
  results: ReadonlyMap<string, Result>,
  quick: (test: string) => boolean,
): void {
  const sample = tried
    .map(({ key }) => results.get(key)!)
    .filter(({ verdict, by }) => verdict === 'killed' && quick(by!))
    .slice(0, KEPT_SAMPLE)
    .map(({ key, by }) => ({ key, by: by! }));
  const record: Record = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}`,
    seed,
    rooms: rows,
    sample,
  };
  writeFileSync(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
}
