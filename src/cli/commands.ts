/**
 * @file The commands, in the order of the help.
 */
import type { Command } from './command.ts';
import { compare } from './commands/compare.ts';
import { convert } from './commands/convert.ts';
import { datasets } from './commands/datasets.ts';
import { demo } from './commands/demo.ts';
import { inspect } from './commands/inspect.ts';
import { report } from './commands/report.ts';
import { simulate } from './commands/simulate.ts';
import { train } from './commands/train.ts';
import { verify } from './commands/verify.ts';

export const COMMANDS: readonly Command[] = [
  demo,
  train,
  convert,
  inspect,
  simulate,
  verify,
  compare,
  report,
  datasets,
];
