/** @file What docs/guide/limits.md quotes of the long runs, by name: each made of a committed record, never written by hand. */
import { readFileSync } from 'node:fs';
import { wrapped } from '../../scripts/pages/wrap.ts';
import type { Machine } from '../../src/report/result.ts';
import { type FaultRecord, MOST_SECONDS } from '../faults/record.ts';
import type { FuzzRecord } from '../fuzz/record.ts';
import type { KillRecord } from '../kills/record.ts';
import { type MemoryRecord, MOST_PERCENT } from '../memory/record.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

export const recorded = <T>(path: string): T =>
  JSON.parse(readFileSync(new URL(`../test/${path}`, SOURCE_FOLDER), 'utf8')) as T;

export const kills = (): KillRecord => recorded('kills/long-run.json');
export const faults = (): FaultRecord => recorded('faults/long-run.json');
export const memory = (): MemoryRecord => recorded('memory/long-run.json');
const fuzz = (): FuzzRecord => recorded('fuzz/long-run.json');

const origin = (command: string, { date, machine }: { date: string; machine: Machine }): string =>
  `Measured by \`${command}\` on ${date} (${machine.processor}, ${machine.cores} cores, ${machine.runtime}).`;

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

function killTable(): string {
  const { works, seed, ...about } = kills();
  const rows = Object.entries(works).map(([name, row]) => [
    ...[`\`${name}\``, row.kills, row.whileWriting, row.goneOn, row.ends, row.fault === null ? row.kills : 0],
  ]);
  const head = [
    'command',
    'kills',
    'while a file was written',
    'with files of its own to go on with',
    'ends',
    'kills with identical bytes',
  ];
  return `${table(head, rows)}\n\n${origin(`npm run kills -- --seed ${seed}`, about)}`;
}

function faultTable(): string {
  const { works, command, ...about } = faults();
  const rows = Object.entries(works)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, row]) => [name, row.faults, row.errors, row.done, `${row.slowestSeconds.toFixed(2)} s`]);
  const head = ['work, and what its thread does', 'faults', 'errors', 'done by others', 'slowest'];
  return `${table(head, rows)}\n\n${origin(command, about)} At most ${MOST_SECONDS} s are allowed.`;
}

function memoryTable(): string {
  const { works, command, ...about } = memory();
  const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const rows = Object.entries(works).map(([name, { count, from, to, percent }]) => [
    ...[
      `${count.toLocaleString('en-GB')} ${name}`,
      mebibytes(from),
      mebibytes(to),
      `${percent.toFixed(2)} %`,
    ],
  ]);
  const head = ['resident memory over', 'second quarter', 'last quarter', 'growth'];
  return `${table(head, rows)}\n\n${origin(command, about)} At most ${MOST_PERCENT} % are allowed.`;
}

function summary(): string {
  const sum = <T>(rows: Readonly<Record<string, T>>, of: (row: T) => number): string =>
    Object.values(rows)
      .reduce((total, row) => total + of(row), 0)
      .toLocaleString('en-GB');
  return [
    `- ${sum(fuzz().targets, ({ inputs }) => inputs)} inputs given to every reader,`,
    `- ${sum(kills().works, (row) => row.kills)} kills of ${Object.values(kills().works).filter((row) => row.kills > 0).length} commands,`,
    `- ${sum(faults().works, (row) => row.faults)} threads that failed,`,
    `- memory of ${Object.entries(memory().works)
      .map(([name, { count }]) => `${count.toLocaleString('en-GB')} ${name}`)
      .join(' and ')}.`,
  ].join('\n');
}

export const BLOCKS: Readonly<Record<string, () => string>> = {
  'limits-summary': summary,
  'limits-kills': killTable,
  'limits-threads': faultTable,
  'limits-memory': memoryTable,
};

const BLOCK = /(<!-- measured: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** The page with every block written anew. @throws Error naming a block that nothing is recorded for */
export function filled(page: string): string {
  const text = page.replace(BLOCK, (_, begin: string, name: string, end: string) => {
    const make = BLOCKS[name];
    if (!make) throw new Error(`measured: ${name}: expected one of ${Object.keys(BLOCKS).join(', ')}`);
    return `${begin}\n${make()}\n\n${end}`;
  });
  return wrapped(text);
}
