import fc from 'fast-check';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { COMMON_OPTIONS } from '../../../src/terminal/common-options.ts';
import { parseOptions } from '../../../src/terminal/parse.ts';
import { type FuzzTarget, target } from '../target.ts';

const commands = await Promise.all(COMMANDS.map((entry) => entry.load()));
const tables = commands.map(({ options }) => ({ ...COMMON_OPTIONS, ...options }));

const VALUES = [
  ...[
    '0',
    '1',
    '-1',
    '+3',
    '007',
    '1e3',
    '1e13',
    '1e999',
    'NaN',
    'Infinity',
    '0x10',
    '2147483648',
    '9007199254740993',
  ],
  ...[
    '',
    ' ',
    '-',
    '--',
    '=',
    'a=b',
    '--help',
    '__proto__',
    'constructor',
    'toString',
    '../x',
    '\u0000',
    '\u001b[2J',
  ],
  ...['1,2,4', '1,,2', ',', '4,3,3', 'x'.repeat(5000), 'strelu', 'half', '\u{1f600}'],
];

/** Words that a command might be given: its options, with values of theirs and of others. */
const words = fc.nat(tables.length - 1).chain((index) => {
  const names = Object.keys(tables[index]!);
  const choices = Object.values(tables[index]!).flatMap((option) => option.choices);
  const value = fc.oneof(fc.constantFrom(...VALUES, ...choices), fc.string({ maxLength: 8 }));
  const option = fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 5 })).map((name) => `--${name}`);
  const word = fc.oneof(
    option,
    value,
    fc.tuple(option, value).map((pair) => pair.join('=')),
  );
  return fc
    .tuple(fc.constant(String(index)), fc.array(word, { maxLength: 6 }))
    .map(([of, list]) => [of, ...list]);
});

export const commandLine: FuzzTarget = target({
  name: 'words',
  says: 'the words of a command line, for each command',
  inputs: words,
  read([index, ...rest]: readonly string[]) {
    parseOptions(rest, tables[Number(index)]!);
  },
});
