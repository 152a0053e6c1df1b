/**
 * @file From words to an exit status: finds the command, reads its options, runs it, writes the result file, and
 * turns every error into one line.
 */

import { UsageError, UserError } from '../errors.ts';
import { writeAtomic } from '../io/write-atomic.ts';
import { describeMachine } from '../lab/machine.ts';
import { packageVersion } from '../lab/version.ts';
import { suggestion } from '../near.ts';
import { environment } from '../platform/environment.ts';
import { duration } from '../report/format.ts';
import { type Result, resultText } from '../report/result.ts';
import { COMMON_OPTIONS, type CommonOptions } from '../terminal/common-options.ts';
import { pathName } from '../terminal/options.ts';
import { parseOptions } from '../terminal/parse.ts';
import { createProgress } from '../terminal/progress.ts';
import { writeError, writeOut } from '../terminal/streams.ts';
import type { Command } from './command.ts';
import { createCommandFiles } from './command-files.ts';
import type { CommandEntry } from './commands.ts';
import { commandHelp, generalHelp, shownName, usageName } from './help.ts';
import { refusePretrained } from './pretrained-name.ts';
import { remedyFor } from './remedies.ts';

/** As `--json FILE`: the result itself goes to standard output. */
const STANDARD_OUTPUT = '-';

/** @returns the exit status: 0 done, 1 failed, 2 wrong usage */
export async function runCommandLine(
  words: readonly string[],
  commands: readonly CommandEntry[],
): Promise<number> {
  try {
    const [first, ...rest] = words;
    if (first === undefined) {
      writeError(`${generalHelp(commands, packageVersion())}\n`);
      return 2;
    }
    if (first === '--help' || first === '-h' || first === 'help') {
      const topic = first === 'help' ? rest[0] : undefined;
      print(
        topic === undefined
          ? generalHelp(commands, packageVersion())
          : commandHelp(await find(topic, commands).load()),
      );
      return 0;
    }
    if (first === '--version' || first === '-v') {
      print(packageVersion());
      return 0;
    }
    return await runCommand(await find(first, commands).load(), rest);
  } catch (error) {
    return report(error);
  }
}

async function runCommand(command: Command, words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    print(commandHelp(command));
    return 0;
  }
  const table = { ...COMMON_OPTIONS, ...command.options };
  const { values, positionals, given } = parseOptions<typeof command.options & CommonOptions>(words, table);
  const wanted = command.positionals;
  const several = wanted.at(-1)?.several;
  if (several === undefined ? positionals.length !== wanted.length : positionals.length < wanted.length) {
    const found = positionals.length === 0 ? 'none' : positionals.map((one) => `"${one}"`).join(' ');
    const expected = wanted.length === 0 ? 'no file or name' : wanted.map(shownName).join(' ');
    throw new UsageError(
      `${command.name}: expected ${expected}, found ${found}; usage: strelu ${usageName(command)} [options]`,
    );
  }
  const toOutput = values.json === STANDARD_OUTPUT;
  const files = createCommandFiles();
  for (const [i, path] of positionals.entries()) {
    const { name, pretrained = false } = wanted[Math.min(i, wanted.length - 1)]!;
    if (!pretrained) await refusePretrained(name, path);
    files.reads(name, pathName(path, name));
  }
  if (values.json !== null && !toOutput) files.writes('--json', values.json, [`result of ${command.name}`]);

  const config: Record<string, unknown> = {};
  wanted.forEach((one, i) => {
    if (one.several !== undefined) config[one.several] = positionals.slice(i);
    else config[one.name.toLowerCase()] = positionals[i];
  });
  for (const [name, value] of Object.entries(values)) if (name !== 'help') config[name] = value;

  const progress = await createProgress(values.quiet);
  const begun = performance.now();
  try {
    const { exit, result, afterwards } = await command.run({
      positionals,
      options: values,
      given,
      config,
      files,
      progress,
      print: toOutput ? printAside : print,
    });
    const seconds = (performance.now() - begun) / 1000;
    if (values.json !== null) {
      const whole: Result = {
        command: command.name,
        version: packageVersion(),
        date: new Date().toISOString(),
        config,
        machine: describeMachine(),
        seconds,
        ...result,
      };
      if (toOutput) writeOut(resultText(whole));
      else await writeAtomic(values.json, resultText(whole));
    }
    await afterwards?.();
    progress.stop();
    progress.note(`${command.name}: ${exit === 0 ? 'done' : 'failed'} in ${duration(seconds)}`);
    return exit;
  } finally {
    progress.stop();
  }
}

function find(name: string, commands: readonly CommandEntry[]): CommandEntry {
  const command = commands.find((one) => one.name === name);
  if (command) return command;
  const names = commands.map((one) => one.name);
  const what = name.startsWith('-') ? 'expected a command first, found' : 'unknown command';
  throw new UsageError(`${what} "${name}"; ${suggestion(name, names)}`);
}

function print(text: string): void {
  writeOut(`${text}\n`);
}

/** Where tables go while standard output carries the result as JSON. */
function printAside(text: string): void {
  writeError(`${text}\n`);
}

/** One line on standard error. */
function report(error: unknown): 1 | 2 {
  const expected = error instanceof UserError;
  const debug = Boolean(environment('STRELU_DEBUG'));
  const message = error instanceof Error ? error.message : String(error);
  const remedy = remedyFor(error);
  const whole = remedy === null ? message : `${message}; on the command line: ${remedy}`;
  const line = whole.replaceAll(/\s*\n\s*/g, ' ');
  const hint = expected || debug ? '' : ' (unexpected; STRELU_DEBUG=1 shows the stack)';
  writeError(`strelu: ${line}${hint}\n`);
  if (debug && error instanceof Error) writeError(`${error.stack}\n`);
  return error instanceof UsageError ? 2 : 1;
}
