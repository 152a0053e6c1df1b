import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS as ENTRIES } from '../../src/cli/commands.ts';
import { commandHelp, generalHelp, usageName } from '../../src/cli/help.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { strelu } from './spawn.ts';

/** One line on standard error, nothing on standard output, exit 2. */
async function refuses(words: string[], message: RegExp): Promise<void> {
  const { status, stdout, stderr } = await strelu(words);
  assert.match(stderr, message);
  assert.equal(stderr.trim().split('\n').length, 1);
  assert.doesNotMatch(stderr, /\bat .*\.ts/);
  assert.equal(stdout, '');
  assert.equal(status, 2);
}

const COMMANDS = await Promise.all(ENTRIES.map(({ load }) => load()));

test('the table of commands says what the commands say', () => {
  for (const [i, { name, files, summary }] of ENTRIES.entries()) {
    const command = COMMANDS[i]!;
    assert.deepEqual([name, summary], [command.name, command.summary]);
    assert.equal(`${name} ${files}`.trim(), usageName(command));
    const grouped = (command.groups ?? []).flatMap(({ options }) => options);
    assert.equal(new Set(grouped).size, grouped.length, 'an option is in two groups');
    for (const option of grouped) assert.ok(Object.hasOwn(command.options, option), option);
  }
});

test('wrong usage is one line that names what was near, and exit 2', async () => {
  await Promise.all([
    refuses(['tran'], /unknown command "tran"; did you mean train\?/),
    refuses(['publish'], /unknown command "publish"/),
    refuses(['train', '--epoch', '3'], /unknown option --epoch; did you mean --epochs\?/),
  ]);
  await Promise.all([
    refuses(['train', '--dataset', 'minst'], /--dataset: unknown value "minst"; did you mean mnist or /),
    refuses(['convert'], /convert: expected MODEL, found none/),
    refuses(['simulate', 'a', '--epochs', '3'], /unknown option --epochs/),
  ]);
  await Promise.all([
    refuses(['train', '--activation', 'relu', '--levels', '4'], /--levels would change nothing/),
    refuses(['--seed', '3'], /expected a command first, found "--seed"/),
    refuses(['simulate', 'a', '--steps', '0'], /--steps: expected a whole number from 1/),
  ]);
  await Promise.all([
    refuses(['simulate', 'a', '--margin', '2'], /--margin would change nothing here: it needs --stop margin/),
    refuses(['simulate', 'a', '--stop', 'margin'], /--stop margin needs --margin X/),
    refuses(['verify', 'a', 'b', '--ball', '-1'], /--ball: expected a number of at least 0, found "-1"/),
  ]);
});

test('no command: the help, on standard error, and exit 2; asked for: on standard output, exit 0', async () => {
  const [none, help, one, version] = await Promise.all([
    strelu([]),
    strelu(['--help']),
    strelu(['train', '--help']),
    strelu(['--version']),
  ]);
  assert.equal(none.status, 2);
  assert.match(none.stderr, /Usage: strelu COMMAND/);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /Usage: strelu COMMAND/);
  assert.equal(one.status, 0);
  assert.match(one.stdout, /Usage: strelu train \[options\]/);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});

test('every command: help with every option, its default, and examples that its own parser takes', () => {
  const general = generalHelp(ENTRIES, '0.0.0');
  for (const command of COMMANDS) {
    const help = commandHelp(command);
    assert.match(general, new RegExp(`^ {2}${command.name}\\b`, 'm'));
    for (const [name, option] of Object.entries({ ...COMMON_OPTIONS, ...command.options })) {
      assert.ok(help.includes(`  --${name}`), `${command.name} --${name}`);
      if (option.shown !== '')
        assert.ok(help.replaceAll(/\s+/g, ' ').includes(`[${option.shown}]`), `${command.name} --${name}`);
    }
    assert.ok(command.examples.length >= 1);
    for (const { line } of command.examples) {
      const [program, name, ...words] = line.split(' ');
      assert.equal(program, 'strelu');
      assert.equal(name, command.name);
      const { positionals } = parseOptions(words, { ...COMMON_OPTIONS, ...command.options });
      const wanted = command.positionals.length;
      if (command.positionals.at(-1)?.several === undefined) assert.equal(positionals.length, wanted, line);
      else assert.ok(positionals.length >= wanted, line);
    }
    for (const line of help.split('\n')) assert.ok(line.length <= 124, line);
  }
});

test('a stream is no file: "-" is refused wherever a file or folder is named, except as the result on standard output', () => {
  let tried = 0;
  for (const { options } of [...COMMANDS, { options: COMMON_OPTIONS }])
    for (const [name, { placeholder }] of Object.entries(options)) {
      if (placeholder !== 'FILE' && placeholder !== 'DIR') continue;
      const read = () => parseOptions([`--${name}`, '-'], options);
      if (name === 'json') assert.equal(parseOptions(['--json', '-'], COMMON_OPTIONS).values.json, '-');
      else assert.throws(read, /expected the name of a file or folder, found "-"; no stream is /, name);
      tried++;
    }
  assert.ok(tried > 20);
});

test('nor among the files that follow a command', async () => {
  await Promise.all([
    refuses(['inspect', '-'], /FILE: expected the name of a file or folder, found "-"/),
    refuses(['verify', 'a', '-'], /SNN: expected the name of a file or folder, found "-"/),
    refuses(['report', 'a.json', ''], /RUN\.json: expected the name of a file or folder, found an empty one/),
  ]);
});

test('no command redefines a common option', () => {
  for (const command of COMMANDS)
    for (const name of Object.keys(command.options)) assert.ok(!Object.hasOwn(COMMON_OPTIONS, name));
});
