/**
 * @file `npm run mutants`: puts each fault into a copy of the project and runs the tests that must notice it. Two copies at a
 * time. Fails when a fault survives, when a fault no longer fits its file, or when the tests are red without any fault.
 * `npm run mutants -- WORD` tries only faults whose name or file has that word.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fault } from './faults/fault.ts';
import { FAULTS } from './faults/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LANES = 2;
/** A fault may well loop for ever; that counts as noticed. */
const PATIENCE_MS = 60_000;

function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'strelu-mutants-'));
  for (const name of ['package.json', 'tsconfig.json', 'src', 'test'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  return copy;
}

/** True when the tests pass; stops at the first file that fails. */
async function passes(copy: string, tests: readonly string[]): Promise<boolean> {
  for (const test of tests) {
    const file = join(copy, 'test', test);
    if (!existsSync(file)) throw new Error(`expected the test file ${file}`);
    if (!(await passesFile(copy, file))) return false;
  }
  return true;
}

function passesFile(copy: string, file: string): Promise<boolean> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], { cwd: copy, env, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
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
    return (await passes(copy, fault.tests)) ? 'survived: no test noticed it' : null;
  } finally {
    writeFileSync(file, source);
  }
}

const word = process.argv[2] ?? '';
const chosen = FAULTS.filter(({ name, file }) => `${name} ${file}`.includes(word));
if (chosen.length === 0) {
  console.error(`mutants: expected a word that a fault's name or file has, found ${word}`);
  process.exit(2);
}
const copies = Array.from({ length: Math.min(LANES, chosen.length) }, copyProject);
const started = performance.now();
let bad = 0;
try {
  const tests = [...new Set(chosen.flatMap((fault) => fault.tests))];
  if (!(await passes(copies[0]!, tests))) {
    console.error('mutants: the tests fail without any fault; make them pass first');
    process.exitCode = 1;
  } else {
    const queue = [...chosen];
    await Promise.all(
      copies.map(async (copy) => {
        for (let fault = queue.shift(); fault; fault = queue.shift()) {
          const complaint = await tryFault(copy, fault);
          if (complaint) bad++;
          console.log(
            `${complaint ? 'NOT CAUGHT' : 'caught    '}  ${fault.law.padEnd(13)} ${fault.name} (${fault.file})${complaint ? `: ${complaint}` : ''}`,
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
