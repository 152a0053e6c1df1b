/**
 * @file `npm run mutants`: puts each fault into a copy of the project and runs the tests that must notice it. Two copies at a
 * time. Fails when a fault survives, when a fault no longer fits its file, or when the tests are red without any fault.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flag } from '../../src/terminal/options.ts';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';
import type { Fault } from './faults/fault.ts';
import { FAULTS } from './faults/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LANES = 2;
/** A fault may well loop for ever; that counts as noticed. */
const PATIENCE_MS = 60_000;
const OUTPUT_END = 4000;

/** What tests read. */
const COPIED = [
  'package.json',
  'tsconfig.json',
  'src',
  'test',
  'datasets/manifest.json',
  'datasets/playground',
];

function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'strelu-mutants-'));
  for (const name of COPIED) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  return copy;
}

/** Stops at the first test that fails, and looks for no smaller case: whoever only asks whether one does has heard enough. */
const AT_FIRST = ['--test-reporter', './test/support/stop-at-first.ts'];

interface Failure {
  readonly test: string;
  /** The end of what it printed. */
  readonly output: string;
}

/** @returns the first test file that fails, or null when all pass */
async function firstFailure(copy: string, tests: readonly string[]): Promise<Failure | null> {
  for (const test of tests) {
    const output = await failure(copy, pathOf(test), []);
    if (output !== null) return { test, output };
  }
  return null;
}

/** Whether a test of these files fails: first those that have the law in their names, then all. */
async function isNoticed(copy: string, { law, tests }: Fault): Promise<boolean> {
  for (const test of tests) {
    if (isNamed(test, law) && (await failure(copy, pathOf(test), [...AT_FIRST, ...namedBy(law)])) !== null)
      return true;
    if ((await failure(copy, pathOf(test), AT_FIRST)) !== null) return true;
  }
  return false;
}

/** Whether a test of this file has the law in its name, as far as one line of it says. */
const isNamed = (test: string, law: string): boolean =>
  readFileSync(join(root, pathOf(test)), 'utf8')
    .split('\n')
    .some((line) => /\btest\(/.test(line) && line.includes(law));

const namedBy = (law: string): string[] => ['--test-name-pattern', escaped(law)];

/** Some tests by themselves, without any fault: whoever needs the test before it would always be red. */
interface Alone {
  readonly test: string;
  readonly law: string;
}

function eachAlone(faults: readonly Fault[]): Alone[] {
  const all = faults.flatMap(({ law, tests }) =>
    tests.filter((test) => isNamed(test, law)).map((test) => ({ test, law })),
  );
  return [...new Map(all.map((one) => [`${one.test} ${one.law}`, one])).values()];
}

async function firstRedAlone(copy: string, some: readonly Alone[]): Promise<Failure | null> {
  for (const { test, law } of some) {
    const output = await failure(copy, pathOf(test), namedBy(law));
    if (output !== null) return { test: `${test}, "${law}" alone`, output };
  }
  return null;
}

/** A pattern of this text itself. */
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function pathOf(test: string): string {
  const path = join('test', test);
  if (!existsSync(join(root, path)))
    throw new Error(`expected the test file ${test} in ${join(root, 'test')}`);
  return path;
}

/**
 * Runs one test file as `npm run unit` does, from the same seed.
 * @param words for Node
 * @returns null when it passes, else the end of its output
 */
function failure(copy: string, test: string, words: readonly string[]): Promise<string | null> {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  const shrinks = words.length > 0 ? { STRELU_TEST_SHRINK: 'no' } : {};
  const env = { ...inherited, ...shrinks, NODE_COMPILE_CACHE: join(copy, '.compiled') };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', './test/setup.ts', ...words, test], {
      cwd: copy,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (text: Buffer) => {
      output = (output + text).slice(-OUTPUT_END);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let late = '';
    const timer = setTimeout(() => {
      late = `\nstopped after ${PATIENCE_MS / 1000} s`;
      child.kill('SIGKILL');
    }, PATIENCE_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? null : output + late);
    });
  });
}

/** @returns what is wrong with the suite or the fault, or null when the fault was noticed */
async function tryFault(copy: string, fault: Fault): Promise<string | null> {
  const file = join(copy, fault.file);
  const source = readFileSync(file, 'utf8');
  const pieces = source.split(fault.find);
  if (pieces.length !== 2)
    return `expected its text exactly once in ${fault.file}, found ${pieces.length - 1} times`;
  writeFileSync(file, pieces.join(fault.replace));
  try {
    return (await isNoticed(copy, fault)) ? null : 'survived: no test noticed it';
  } finally {
    writeFileSync(file, source);
  }
}

const {
  values: { green },
  positionals: [word = '', ...more],
} = toolOptions({
  name: 'mutants',
  says: [
    'Puts each fault into a copy of the project and runs the tests that must notice it. Status 1 when a',
    'fault survives, when one no longer fits its file, or when the tests are red without any fault.',
    'With a WORD: only faults whose name or file has it.',
  ],
  words: '[WORD]',
  options: {
    green: flag(
      'the tests pass without any fault: first run those that have a law in their names, by themselves, and no others',
    ),
  },
});
if (more.length > 0) refuseTool({ name: 'mutants' }, `expected one word, found ${[word, ...more].join(' ')}`);
const chosen = FAULTS.filter(({ name, file }) => `${name} ${file}`.includes(word));
if (chosen.length === 0)
  refuseTool({ name: 'mutants' }, `expected a word that a fault's name or file has, found ${word}`);
const copies = Array.from({ length: Math.min(LANES, chosen.length) }, copyProject);
const started = performance.now();
let bad = 0;
try {
  const tests = green ? [] : [...new Set(chosen.flatMap((fault) => fault.tests))];
  const alone = eachAlone(chosen);
  const ofLane = <T>(all: readonly T[], lane: number): T[] =>
    all.filter((_, i) => i % copies.length === lane);
  const shares = copies.map(
    async (copy, lane) =>
      (await firstFailure(copy, ofLane(tests, lane))) ?? firstRedAlone(copy, ofLane(alone, lane)),
  );
  const red = (await Promise.all(shares)).find((failed) => failed !== null);
  if (red) {
    console.error(
      `${red.output}\nmutants: expected test/${red.test} to pass without any fault; it fails as above`,
    );
    process.exitCode = 1;
  } else {
    const queue = [...chosen];
    await Promise.all(
      copies.map(async (copy) => {
        for (let fault = queue.shift(); fault; fault = queue.shift()) {
          const begun = performance.now();
          const complaint = await tryFault(copy, fault);
          const took = ((performance.now() - begun) / 1000).toFixed(1).padStart(5);
          if (complaint) bad++;
          console.log(
            `${complaint ? 'NOT CAUGHT' : 'caught    '}${took} s  ${fault.law.padEnd(13)} ${fault.name} (${fault.file})${complaint ? `: ${complaint}` : ''}`,
          );
        }
      }),
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${chosen.length} faults, ${chosen.length - bad} caught, ${bad} not, ${seconds} s`);
    if (bad > 0) process.exitCode = 1;
  }
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}
