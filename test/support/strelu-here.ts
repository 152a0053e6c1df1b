/** @file Runs a command of the command line in this process, where starting another would take longer than the command itself. */
import process from 'node:process';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandLine } from '../../src/cli/run.ts';

/** What it printed is caught. What is no text is the test runner's own, and passes. */
export async function streluHere(
  ...words: string[]
): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  const said = { stdout: '', stderr: '' };
  const original = { stdout: process.stdout.write, stderr: process.stderr.write };
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = ((text: unknown, ...rest: unknown[]) => {
      if (typeof text !== 'string') return Reflect.apply(original[name], process[name], [text, ...rest]);
      said[name] += text;
      return true;
    }) as typeof process.stdout.write;
  try {
    return { status: await runCommandLine(words, COMMANDS), ...said };
  } finally {
    for (const name of ['stdout', 'stderr'] as const) process[name].write = original[name];
  }
}
