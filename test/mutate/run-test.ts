/** @file One test file in a process of its own, which ends at the first failure. */
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Change } from './operators.ts';
import { KEPT, ROOT } from './paths.ts';
import { whenLate } from './patience.ts';

export interface Ran {
  readonly outcome: 'passed' | 'failed' | 'late';
  /** Of a processor: a busy machine makes no test slow. */
  readonly seconds: number;
}

const FLAGS = ['--import', './test/setup.ts', '--test-reporter', './test/support/stop-at-first.ts'];

/** Tests that run now: they end with this process. */
const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * @param test named from test/
 * @param env what is added to the environment: the mutant that is served, or where coverage goes
 * @param patience seconds of a processor after which it is ended: a mutant may well loop for ever
 */
export function runTest(test: string, env: Record<string, string>, patience: number): Promise<Ran> {
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...FLAGS, `test/${test}`], {
      cwd: ROOT,
      env: { NODE_COMPILE_CACHE: `${KEPT}compiled`, STRELU_TEST_SHRINK: 'no', ...own, ...env },
      stdio: 'ignore',
    });
    let late = false;
    const settled = whenLate(child.pid!, patience, () => {
      late = true;
      child.kill('SIGKILL');
    });
    running.add(child);
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = settled();
      running.delete(child);
      resolve({ outcome: late ? 'late' : code === 0 ? 'passed' : 'failed', seconds });
    });
  });
}

/** The environment in which a source, its types stripped, is read with a change. */
export function mutatedEnv(file: string, text: string, { start, end, to }: Change): Record<string, string> {
  return {
    NODE_OPTIONS: `--import=${new URL('./serve.ts', import.meta.url).href}`,
    STRELU_MUTANT_URL: pathToFileURL(ROOT + file).href,
    STRELU_MUTANT_TEXT: text.slice(0, start) + to + text.slice(end),
  };
}
