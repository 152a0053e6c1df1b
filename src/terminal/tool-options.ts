/**
 * @file The words after a script of this project, `npm run NAME -- ...`: `--help` says what it does, and a word that it does not know is
 * one line and status 2, before anything is done.
 */
import process from 'node:process';
import { UsageError, UserError } from '../errors.ts';
import { brief } from '../format/fields.ts';
import { optionLines } from './option-lines.ts';
import { flag, type OptionTable, type Values } from './options.ts';
import { type Parsed, parseOptions } from './parse.ts';

/** A script, as its help describes it. */
export interface Tool<O extends OptionTable> {
  /** After `npm run`. */
  readonly name: string;
  /** What it does and when its status is not 0, in lines. */
  readonly says: readonly string[];
  readonly options?: O;
  /** Words that are not options, as the usage shows them; absent: it takes none. */
  readonly words?: string;
}

/** Prints the help, or says what is wrong; either ends the process. */
export function toolOptions<O extends OptionTable>(tool: Tool<O>): Parsed<O> {
  try {
    const read = readToolWords(process.argv.slice(2), tool);
    if (read !== 'help') return read;
  } catch (error) {
    if (error instanceof UsageError) refuseTool(tool, error.message);
    throw error;
  }
  console.log(toolHelp(tool));
  process.exit(0);
}

/** @throws UsageError for a word that the script does not know */
export function readToolWords<O extends OptionTable>(
  words: readonly string[],
  { options, words: shown }: Tool<O>,
): Parsed<O> | 'help' {
  const { values, positionals, given } = parseOptions(words, { help: flag('print this'), ...options });
  if (values.help) return 'help';
  if (positionals.length > 0 && shown === undefined)
    throw new UsageError(`expected options only, found ${brief(positionals[0])}; see --help`);
  return { values: values as Values<O>, positionals, given };
}

/** Reads the words, then does the work; an error of the user's is one line, and status 1, or 2 where the script was used wrongly. */
export async function runTool<O extends OptionTable>(
  tool: Tool<O>,
  work: (parsed: Parsed<O>) => Promise<void>,
): Promise<void> {
  const parsed = toolOptions(tool);
  try {
    await work(parsed);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`${tool.name}: ${error.message}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

/** For what only the script itself can tell of its words: one line, and the process ends with 2. */
export function refuseTool({ name }: Pick<Tool<OptionTable>, 'name'>, message: string): never {
  console.error(`${name}: ${message}`);
  process.exit(2);
}

/** What `--help` prints. */
export function toolHelp({ name, says, options, words }: Tool<OptionTable>): string {
  const usage = [`npm run ${name}`, ...(words || options ? ['--'] : []), words, options && '[options]'];
  const lines = options ? ['', ...optionLines(options)] : [];
  return [`Usage: ${usage.filter(Boolean).join(' ')}`, '', ...says, ...lines].join('\n');
}
