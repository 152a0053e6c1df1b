/** @file What a run of the fuzzer came to, as its file has it, and as the guide shows it. */

export interface FuzzRow {
  inputs: number;
  loads: number;
  refused: number;
  /** Of the input that took longest, processor time. */
  slowest: number;
  fault: string | null;
  /** Where it is another than the record's. */
  seed?: number;
}

export interface FuzzRecord {
  readonly seed: number;
  readonly limits: { readonly seconds: number; readonly bytes: number; readonly timesInput: number };
  readonly targets: { [name: string]: FuzzRow };
}

const grouped = (count: number): string => count.toLocaleString('en-GB');

/** @param says what each target reads, by its name */
export function fuzzTable({ seed, targets }: FuzzRecord, says: ReadonlyMap<string, string>): string {
  const rows = Object.entries(targets).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (of: (row: FuzzRow) => number): number => rows.reduce((total, [, row]) => total + of(row), 0);
  const faults = rows.filter(([, row]) => row.fault !== null).length;
  return [
    '| target | reads | inputs | load | refused | slowest |',
    '|---|---|--:|--:|--:|--:|',
    ...rows.map(
      ([name, { inputs, loads, refused, slowest, seed: own }]) =>
        `| \`${name}\` | ${says.get(name) ?? ''}${own === undefined ? '' : ` (seed ${own})`} | ${grouped(inputs)} | ${grouped(loads)} | ${grouped(refused)} | ${slowest.toFixed(2)} s |`,
    ),
    `| all | seed ${seed}; ${faults === 0 ? 'no fault' : `${faults} faults`} | ${grouped(sum((row) => row.inputs))} | ${grouped(sum((row) => row.loads))} | ${grouped(sum((row) => row.refused))} | |`,
  ].join('\n');
}

/** The page with the table between its two marks. */
export function withTable(page: string, table: string): string {
  const [begin, end] = ['<!-- fuzz -->', '<!-- /fuzz -->'].map((mark) => page.indexOf(mark)) as [
    number,
    number,
  ];
  if (begin < 0 || end < begin)
    throw new Error('expected <!-- fuzz --> and <!-- /fuzz --> in the page, found none');
  return `${page.slice(0, begin)}<!-- fuzz -->\n\n${table}\n\n${page.slice(end)}`;
}
