/** @file `npm run laws` tries every law; `--help` says more. */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { text } from '../../src/terminal/options.ts';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';
import { collectLaws, type PartResult } from '../support/law.ts';

interface LawRow {
  readonly id: string;
  readonly says: string;
  readonly cases: number;
  readonly holds: boolean;
  readonly worst: number | null;
  readonly bound: number | null;
  readonly parts: readonly PartResult[];
}

const { values, positionals } = toolOptions({
  name: 'laws',
  says: [
    'Tries every law, or these alone, and prints what it says, how many cases were tried, whether it holds,',
    'and how near the worst case came to the bound. STRELU_LAW_CASES=1000000 is the long run. Status 1 where',
    'a law is broken.',
  ],
  words: '[LAW...]',
  options: { json: text('FILE', 'write the same as JSON') },
});
const { json: jsonFile } = values;
const wanted = positionals.map((word) => word.toUpperCase());
const collected = collectLaws();
const here = new URL('./', import.meta.url);
const files = readdirSync(here).filter((file) => file.endsWith('.test.ts'));
const ofOneLaw = (file: string): boolean => /^l\d\d-/.test(file);
/** The file of a law before others that add parts to it, so that its row says what the law says. */
const inOrder = [...files.filter(ofOneLaw).sort(), ...files.filter((file) => !ofOneLaw(file)).sort()];
for (const file of inOrder) await import(new URL(file, here).href);
for (const id of wanted)
  if (!collected.some((part) => part.id === id))
    refuseTool(
      { name: 'laws' },
      `expected some of ${[...new Set(collected.map((part) => part.id))].join(' ')}, found ${id}`,
    );
const parts = wanted.length === 0 ? collected : collected.filter(({ id }) => wanted.includes(id));
const started = performance.now();
const results = parts.map((part, i) => {
  const label = `${i + 1}/${parts.length} ${part.id} ${part.says.slice(0, 80)}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${label}`);
  const begun = performance.now();
  const result = part.run();
  const took = (performance.now() - begun) / 1000;
  // Without a terminal, only a law that takes its time gets a line.
  if (!process.stderr.isTTY && took > 5)
    console.error(`${label}: ${result.cases} cases, ${took.toFixed(0)} s`);
  return result;
});
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
const ids = [...new Set(results.map(({ id }) => id))].sort((a, b) => order(a) - order(b));
const laws = ids.map((id) => row(results.filter((part) => part.id === id)));
const seconds = (performance.now() - started) / 1000;
print(laws);
if (jsonFile) {
  const json = { command: 'laws', laws, holds: laws.every((law) => law.holds), seconds };
  writeFileSync(`${jsonFile}.partial`, `${JSON.stringify(json, null, 2)}\n`);
  renameSync(`${jsonFile}.partial`, jsonFile);
}
if (laws.some((law) => !law.holds)) process.exitCode = 1;

/** Sorts L1, L2 and so on first, then what has no number. */
function order(id: string): number {
  return Number(id.slice(1)) || Number.MAX_SAFE_INTEGER;
}

/** The first part states the law; worst and bound are those of the first part that has a bound. */
function row(group: readonly PartResult[]): LawRow {
  const { id, says } = group[0]!;
  const bounded = group.find(({ bound }) => bound !== null);
  return {
    id,
    says,
    cases: group.reduce((sum, part) => sum + part.cases, 0),
    holds: group.every((part) => part.holds),
    worst: bounded?.worst ?? null,
    bound: bounded?.bound ?? null,
    parts: group,
  };
}

function print(rows: readonly LawRow[]): void {
  const number = (value: number | null): string =>
    value === null ? '' : String(Number(value.toPrecision(4)));
  console.log(
    `${'law'.padEnd(7)}${'holds'.padEnd(7)}${'cases'.padStart(9)}${'worst'.padStart(10)}${'bound'.padStart(8)}  says`,
  );
  for (const law of rows) {
    const verdict = law.holds ? 'yes' : 'NO';
    console.log(
      `${law.id.padEnd(7)}${verdict.padEnd(7)}${String(law.cases).padStart(9)}${number(law.worst).padStart(10)}${number(law.bound).padStart(8)}  ${law.says}`,
    );
    for (const part of law.parts) if (part.failure !== null) console.log(`  ${part.says}\n  ${part.failure}`);
  }
  const broken = rows.filter((law) => !law.holds).length;
  console.log(`${rows.length} laws, ${broken} broken, ${seconds.toFixed(1)} s`);
}
