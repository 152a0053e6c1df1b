/**
 * @file Runs the command line as its users do: as a process of its own, with the runtime that runs the test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const SUFFIX = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const MAIN = fileURLToPath(new URL(`../../src/cli/main.${SUFFIX}`, import.meta.url));
const IS_DENO = 'deno' in process.versions;

/** The command line as a program and its first words. */
export const PROGRAM: readonly [string, ...string[]] = [
  process.execPath,
  ...(IS_DENO ? ['run', '-A', MAIN] : [MAIN]),
];

export interface SpawnOptions {
  readonly cwd?: string;
  readonly environment?: Record<string, string>;
  /** Ctrl-C as soon as standard error holds this. */
  readonly interruptAt?: string;
  /** Another signal than Ctrl-C. */
  readonly signal?: NodeJS.Signals;
  /** What a shell does with the streams: `| head -1`, `> /dev/full`. */
  readonly shell?: string;
  /** Called when the process is there, with what ends it at once, whatever it is doing. */
  readonly started?: (kill: () => void, child: ChildProcess) => void;
}

/** @param environment added to this process's own, without the data sets that a machine may have */
export function strelu(
  words: readonly string[],
  { cwd, environment = {}, interruptAt, signal = 'SIGINT', shell, started }: SpawnOptions = {},
): Promise<Finished> {
  const { STRELU_DATASETS: _, STRELU_DEBUG: __, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const program = [...PROGRAM, ...words];
    const piped = ['-o', 'pipefail', '-c', `"$@" ${shell ?? ''}`, 'strelu', ...program];
    const [first, ...rest] = shell === undefined ? program : ['bash', ...piped];
    const child = spawn(first!, rest, {
      env: { ...inherited, ...environment },
      ...(cwd !== undefined && { cwd }),
    });
    let stdout = '';
    let stderr = '';
    let pending = interruptAt;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (pending && child.pid !== undefined && stderr.includes(pending)) {
        process.kill(child.pid, signal);
        pending = undefined;
      }
    });
    started?.(() => child.kill('SIGKILL'), child);
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}
