/** @file Running other programs: their output, or an error with the end of it. */
import { spawn } from 'node:child_process';

const END = 3000;

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws Error with the end of the output when the exit status is not the expected one */
export function run(
  program: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string>; readonly status?: number },
): Promise<Ran> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: options.cwd,
      env: { ...env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => {
      out.stdout += text;
    });
    child.stderr.on('data', (text) => {
      out.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === (options.status ?? 0)) resolve(out);
      else
        reject(
          new Error(
            `${program} ${words.join(' ')}: status ${code}\n${(out.stdout + out.stderr).slice(-END)}`,
          ),
        );
    });
  });
}
