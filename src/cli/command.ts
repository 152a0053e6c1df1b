/**
 * @file What a command is. `defineCommand` checks the declaration against its own option table at compile time.
 */

import type { Progress } from '../progress.ts';
import type { ResultKeys } from '../report/result.ts';
import type { CommonOptions } from '../terminal/common-options.ts';
import type { OptionTable, Values } from '../terminal/options.ts';
import type { CommandFiles } from './command-files.ts';

/** A file or name that follows the command, in order. */
export interface Positional {
  readonly name: string;
  readonly help: string;
  /** The last one may stand for several, at least one; the key that they have in the configuration. */
  readonly several?: string;
  /** True: pretrained:NAME may stand there too. */
  readonly pretrained?: boolean;
}

export interface Example {
  readonly line: string;
  readonly says: string;
}

/** One use of a command. */
export interface Call<O extends OptionTable> {
  /** As many as the command declares, or more where the last stands for several. */
  readonly positionals: readonly string[];
  readonly options: Values<O & CommonOptions>;
  /** Names of the options that were given, as opposed to defaulted. */
  readonly given: ReadonlySet<string>;
  /** Every option with its value, as the result file echoes it; a command writes what it resolved itself here. */
  readonly config: Record<string, unknown>;
  /** Told, before any work, of every file that the command reads or writes; it knows the positionals and --json already. */
  readonly files: CommandFiles;
  readonly progress: Progress;
  /** A line (or several) of the result, on standard output. */
  print(text: string): void;
}

export interface Outcome {
  /** 1: a check does not hold. */
  readonly exit: 0 | 1;
  readonly result: ResultKeys;
  /** Done when the file of --json is written too. */
  readonly afterwards?: () => Promise<void>;
}

export interface Declaration<O extends OptionTable> {
  readonly name: string;
  /** One line for the general help. */
  readonly summary: string;
  readonly description: string;
  readonly positionals: readonly Positional[];
  readonly options: O;
  /** Where there are many options: their names by what they are about; those in no group come first. */
  readonly groups?: readonly { readonly title: string; readonly options: readonly string[] }[];
  /** Names that one of its options takes, each with a word, as the help lists them. */
  readonly names?: { readonly title: string; readonly list: readonly Positional[] };
  readonly examples: readonly Example[];
  run(call: Call<O>): Promise<Outcome>;
}

export interface Command extends Omit<Declaration<OptionTable>, 'run'> {
  run(call: Call<OptionTable>): Promise<Outcome>;
}

/** Forgets the table's types once the command's own code has been checked against them. */
export function defineCommand<const O extends OptionTable>(declaration: Declaration<O>): Command {
  return declaration as unknown as Command;
}
