/**
 * @file `npm run test:deno`: the types as Deno sees them, then the tests of `npm test` on Deno, in two processes that take every other
 * file each: one Deno runs test files one after the other, on one processor. Fails when a process does, or runs no test.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { refuseTool, toolOptions } from '../../src/terminal/tool-options.ts';

const PROCESSES = 2;
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
const parts = Array.from({ length: Math.min(PROCESSES, files.length) }, (_, part) =>
  files.filter((_, i) => i % PROCESSES === part),
);
const checked = await deno(['check', '--quiet', ...files]).catch((error: Error) =>
  refuseTool(TOOL, `expected deno on the path (npm i --no-save deno), found none: ${error.message}`),
);
const runs =
  checked.status === 0
    ? await Promise.all(
        parts.map((part) =>
          deno(['test', '--no-check', '--preload', './test/setup.ts', '--allow-all', '--quiet', ...part]),
        ),
      )
    : [];
const counts = runs.map(({ status, output }) => (status === 0 ? passed(output) : 0));
console.log(`test:deno: ${files.length} files, ${counts.join(' and ') || 'no'} tests passed`);
process.exitCode = counts.length > 0 && counts.every((count) => count > 0) ? 0 : 1;
