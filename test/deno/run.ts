/**
 * @file `npm run test:deno`: the types as Deno sees them, then the tests of `npm test` on Deno, in two processes at a time, of a few
 * files each: one Deno runs test files one after the other, on one processor. Fails when a process does, or runs no test.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';

const LANES = 2;
/** Of a process: few, so that no lane has much left when the other has nothing; not one, for a process takes time to begin. */
const FILES = 8;
const root = fileURLToPath(new URL('../../', import.meta.url));

const TOOL = { name: 'test:deno' };
const { positionals } = toolOptions({
  ...TOOL,
  says: [
    'Checks the types of the tests and runs them on Deno, which must be there (npm i --no-save deno).',
    'With FILEs: only these. Status 1 when a test fails, or none was run.',
  ],
  words: '[FILE ...]',
});

/** @returns status, and what it printed */
function deno(words: readonly string[]): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('deno', words, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => {
      process.stdout.write(text);
      output += text;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

const all = (): string[] =>
  readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join('test', path))
    .sort();

/** Tests that passed, by Deno's last line: 'ok | 66 passed | 0 failed (24s)'. */
const passed = (output: string): number =>
  Number(/(\d+) passed(?: \([^)]*\))? \| 0 failed/.exec(output)?.[1] ?? 0);

const files = positionals.length > 0 ? positionals : all();
/** Every so-many-th: files of one folder, which take about as long, are spread. */
const count = Math.ceil(files.length / Math.min(FILES, Math.ceil(files.length / LANES)));
const parts = Array.from({ length: count }, (_, part) => files.filter((_, i) => i % count === part));
const checked = await deno(['check', '--quiet', ...files]).catch((error: Error) =>
  refuseTool(TOOL, `expected deno on the path (npm i --no-save deno), found none: ${error.message}`),
);
const counts: number[] = [];
async function lane(queue: string[][]): Promise<void> {
  for (let part = queue.shift(); part; part = queue.shift()) {
    const words = ['test', '--no-check', '--preload', './test/setup.ts', '--allow-all', '--quiet'];
    const { status, output } = await deno([...words, ...part]);
    counts.push(status === 0 ? passed(output) : 0);
  }
}
if (checked.status === 0) {
  const queue = [...parts];
  await Promise.all(Array.from({ length: LANES }, () => lane(queue)));
}
const bad = counts.filter((tests) => tests === 0).length;
const sum = counts.reduce((all, tests) => all + tests, 0);
console.log(
  `test:deno: ${files.length} files, ${sum || 'no'} tests passed${bad > 0 ? `; ${bad} of ${count} processes failed, or ran no test` : ''}`,
);
process.exitCode = sum > 0 && bad === 0 ? 0 : 1;
