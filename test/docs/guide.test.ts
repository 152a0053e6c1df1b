/** @file The guide's pages: their programs run as they stand, their commands are understood, their links lead to files. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandPage } from '../../scripts/docs/command-page.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { strelu } from '../cli/spawn.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { blocksOf, programOf } from './blocks.ts';
import { commandLines } from './command-lines.ts';
import { inNewFolder } from './in-new-folder.ts';
import { runProgram } from './program.ts';

const GUIDE = new URL('../docs/guide/', SOURCE_FOLDER);
/** Blocks that are no programs: what a shell, an editor or another language reads. */
const NOT_RUN = ['sh', 'json', 'py', 'html', 'text'];
/** Programs of their own page that need what a test has not, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

/** Commands that take a second on the files that a page's program leaves: those that find them are run. */
const QUICK = ['inspect', 'convert', 'simulate', 'verify', 'import', 'export'];
const isQuick = ([command, ...words]: readonly string[]): boolean => {
  const files = words.filter(
    (word, i) => !word.startsWith('--') && words[i - 1] !== '--out' && /\.(?:safetensors|json)$/.test(word),
  );
  return QUICK.includes(command!) && files.length > 0 && files.every((file) => existsSync(file));
};

const pages = readdirSync(GUIDE).filter((name) => name.endsWith('.md'));
const read = (page: string): string => readFileSync(new URL(page, GUIDE), 'utf8');

test('the first page names all others', () => {
  for (const page of pages) if (page !== 'index.md') assert.ok(read('index.md').includes(`](${page})`), page);
});

test('the page of commands says what the help says', async () => {
  const expected = await commandPage(COMMANDS);
  assert.ok(read('command-line.md') === expected, 'it does not; write it with npm run docs:commands');
});

for (const page of pages) {
  const blocks = blocksOf(read(page));
  const program = programOf(read(page));

  test(`${page}: every block is of a known kind`, () => {
    for (const { language, line } of blocks)
      assert.ok(language === 'ts' || NOT_RUN.includes(language), `${page}:${line}: "${language}" is not run`);
  });

  if (program !== '' && EXCEPTIONS[page] === undefined)
    test(`${page}: its program runs`, () =>
      inNewFolder(async () => {
        for (const { file, code } of blocks) if (file !== '') writeFileSync(file, code);
        await runProgram(program, page);
        for (const { words } of commandLines(blocks))
          if (isQuick(words)) {
            const { status, stderr } = await strelu([...words, '--workers', '1'], { cwd: '.' });
            assert.equal(status, 0, `${words.join(' ')}: ${stderr}`);
          }
      }));

  for (const { words, line } of commandLines(blocks))
    test(`${page}:${line}: strelu ${words.join(' ')}`, async () => {
      const [name, ...rest] = words;
      const entry = COMMANDS.find((one) => one.name === name);
      if (!entry && name?.startsWith('-')) return;
      assert.ok(entry, `${name} is no command`);
      const { options, positionals: wanted } = await entry.load();
      if (rest.includes('--help')) return;
      const { positionals } = parseOptions(rest, { ...COMMON_OPTIONS, ...options });
      const several = wanted.at(-1)?.several !== undefined;
      assert.ok(
        several ? positionals.length >= wanted.length : positionals.length === wanted.length,
        `${name}: found ${positionals.join(' ')}`,
      );
    });

  test(`${page}: its links lead to files`, () => {
    for (const [, link] of read(page).matchAll(/\]\(((?!\w+:)[^)#]+)(?:#[^)]*)?\)/g))
      assert.ok(
        statSync(new URL(link!, GUIDE), { throwIfNoEntry: false })?.isFile(),
        `${page}: ${link} is no file`,
      );
  });
}
