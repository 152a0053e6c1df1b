/** @file A study whose jobs are a program of some lines: what a job computes does not matter, only that it is done, and once. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Facts, Job } from '../../src/lab/sweep/jobs.ts';
import { jobsOf } from '../../src/lab/sweep/jobs.ts';
import { parseStudy } from '../../src/lab/sweep/read-study.ts';
import type { Study } from '../../src/lab/sweep/study.ts';

/**
 * Writes what it was asked for, and appends a letter to LOG; it fails for width 13, and takes as many milliseconds as its word says. With
 * TINY_HALF a training that is new writes a checkpoint and then does nothing more until it is ended; one that goes on from it ends.
 */
const PROGRAM = `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
const [log, ms, ...words] = process.argv.slice(2);
const option = (name) => words.find((word) => word.startsWith('--' + name + '='))?.split('=')[1];
const after = (name) => words[words.indexOf(name) + 1];
appendFileSync(log, words[0][0]);
if (option('width') === '13') { console.error('a line\\nstrelu: conv1: no luck with 13'); process.exit(1); }
const [taken] = words.slice(1).filter((word) => word.endsWith('.safetensors') && word !== after('--out'));
const from = taken ? readFileSync(taken, 'utf8') : '';
const half = after('--out')?.replace('.safetensors', '.checkpoint.safetensors');
const own = words.includes('--resume')
  ? readFileSync(half, 'utf8')
  : words[0] + ' ' + ['width', 'seed'].map((name) => option(name) ?? '-').join(' ');
if (process.env.TINY_HALF && words[0] === 'train' && !words.includes('--resume')) {
  writeFileSync(half, own);
  process.on('disconnect', () => process.exit(1));
  setInterval(() => {}, 1000);
  await new Promise(() => {});
}
const number = (at) => Number(own.split(' ')[at]) || 0;
const work = 1000 * Number(process.env.TINY_BUSY_MS ?? 0); // of processor time: the same on a machine that is shared
const begun = process.cpuUsage().user;
while (process.cpuUsage().user - begun < work);
setTimeout(() => {
  if (words.includes('--out')) writeFileSync(after('--out'), from + own + ';');
  const accuracy = 10 * number(1) + number(2);
  writeFileSync(after('--json'), JSON.stringify({ seconds: 1, from: from + own, ann: { accuracy }, snn: { accuracy: { 8: accuracy } } }));
}, Number(ms));
`;

export const TINY_FACTS: Facts = { version: '1', digestOf: async () => ({}) };

export interface TinyStudy {
  readonly study: Study;
  readonly jobs: readonly Job[];
  readonly program: readonly [string, ...string[]];
  readonly log: string;
}

export interface TinyOptions {
  readonly ms?: number;
  readonly widths?: readonly number[];
  /** Of every training, which does not look at them. */
  readonly options?: Readonly<Record<string, string>>;
}

/** @param seeds trainings of width 1 and so many seeds, each converted in two ways; a job takes `ms` at least */
export async function tinyStudy(
  folder: string,
  seeds: number,
  { ms = 0, widths = [1], options = {} }: TinyOptions = {},
): Promise<TinyStudy> {
  await mkdir(folder, { recursive: true });
  const [program, log] = [join(folder, 'program.mjs'), join(folder, 'log')];
  await writeFile(program, PROGRAM);
  await writeFile(log, '');
  const grid = { width: widths, seed: Array.from({ length: seeds }, (_, i) => i) };
  const study = parseStudy(
    {
      name: 'tiny',
      stages: [
        { name: 'train', command: 'train', options, grid },
        { name: 'convert', command: 'convert', after: 'train', grid: { seed: [1, 2] } },
        { name: 'simulate', command: 'simulate', after: 'convert' },
      ],
    },
    'tiny.json',
  );
  const before = 'Deno' in globalThis ? ['run', '--allow-all'] : [];
  return {
    ...{ study, log, jobs: await jobsOf(study, TINY_FACTS) },
    program: [process.execPath, ...before, program, log, String(ms)],
  };
}
