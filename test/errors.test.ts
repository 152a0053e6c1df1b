/** @file The library's errors speak of the library: what an option of the command line would do about them is said there. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { COMMANDS } from '../src/cli/commands.ts';
import { InputError, UsageError, UserError } from '../src/errors.ts';
import { SOURCE_FOLDER } from './support/source-folder.ts';

const SOURCE = SOURCE_FOLDER;
const APPLICATION = /^(cli|lab|terminal|playground)[\\/]/;
/** An option, but neither a variable of CSS, `var(--ink)`, nor its definition, `--ink: black`. */
const OPTION = /(?<![\w(-])--(?![\w-]+\s*:)[a-z][\w-]*/;
const COMMAND = new RegExp(`\\bstrelu (${COMMANDS.map(({ name }) => name).join('|')})\\b`);

/** The code without its comments. */
const codeOf = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

test('outside cli, lab, terminal and the playground no text speaks of an option or a command of the command line', async () => {
  const files = (await readdir(SOURCE, { recursive: true })).filter((file) =>
    /(?<!\.d)\.(ts|js)$/.test(file),
  );
  const library = files.filter((name) => !APPLICATION.test(name));
  assert.ok(library.length > 200);
  for (const file of library) {
    const code = codeOf(await readFile(new URL(file.replaceAll('\\', '/'), SOURCE), 'utf8'));
    for (const pattern of [OPTION, COMMAND]) {
      const found = code.match(pattern);
      assert.equal(found?.[0], undefined, `${file} speaks of ${found?.[0]}: give the error a code instead`);
    }
  }
});

test('an error of a user keeps its message, its code and its cause', () => {
  const cause = new Error('below');
  const error = new InputError('file: expected this, found that', { code: 'result-unreadable', cause });
  assert.ok(error instanceof UserError && !(error instanceof UsageError));
  assert.deepEqual(
    [error.name, error.message, error.code, error.cause],
    ['InputError', 'file: expected this, found that', 'result-unreadable', cause],
  );
  assert.equal(new UsageError('steps: expected 1').code, null);
});

test('whatever names a message quotes, it is one line of bounded length that commands no terminal', () => {
  const message = new InputError(`a\u001b]0;x\u0007b\n${'c'.repeat(5000)}`).message;
  assert.match(message, /^a\\u001b\]0;x\\u0007b\\u000ac{700,}\.\.\.c{700,}$/);
  assert.ok(message.length < 1600);
});

test('a message about a path of any length begins with its beginning and ends with what to do', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), (length) => {
      const path = 'p'.repeat(length);
      const said = 'expected a network, found a picture; choose another file';
      const { message } = new InputError(`${path}: ${said}`);
      assert.ok(message.endsWith(`p: ${said}`) && message.startsWith(path.slice(0, 500)));
      assert.ok(message.length < 1600);
    }),
  );
});
