/** @file The pages at the top level: short where they should be, and their links lead to files and headings. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allPages } from '../scripts/pages/all-pages.ts';
import { COLUMNS, wrapped } from '../scripts/pages/wrap.ts';
import { CONVERSION_METHODS } from '../src/convert/methods/index.ts';
import { FAULTS } from './mutants/faults/index.ts';
import { SOURCE_FOLDER } from './support/source-folder.ts';

const ROOT = new URL('../', SOURCE_FOLDER);
const pages = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
const read = (url: URL): string => readFileSync(url, 'utf8');

/** Headings as the hosts of repositories address them. */
const anchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

test('there are pages', () => assert.ok(pages.includes('README.md') && pages.length >= 5, pages.join()));

for (const page of pages)
  test(`${page}: its links lead somewhere`, () => {
    const text = read(new URL(page, ROOT)).replace(/^```[\s\S]*?^```$/gm, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
      (found) => found[1] ?? found[2]!,
    );
    for (const link of links.filter((one) => !/^[a-z]+:/.test(one))) {
      const [path, heading] = link.split('#');
      const target = new URL(path === '' ? page : path!, ROOT);
      assert.ok(existsSync(target), `${page}: ${link}`);
      if (heading !== undefined) assert.ok(anchors(read(target)).includes(heading), `${page}: ${link}`);
    }
  });

test('the first page is short: at most 130 lines of 130 columns, and 1,000 words', () => {
  const text = read(new URL('README.md', ROOT));
  const lines = text.split('\n');
  assert.ok(lines.length <= 130, `${lines.length} lines`);
  assert.ok(text.split(/\s+/).length <= 1000, `${text.split(/\s+/).length} words`);
  for (const line of lines) assert.ok(line.length <= 130, line);
});

test('no line of a page is over 130 columns but in tables; npm run pages breaks them', () => {
  const all = allPages(ROOT);
  assert.ok(all.length > 30 && all.includes('docs/guide/index.md'), all.join());
  for (const page of all) {
    const text = read(new URL(page, ROOT)).replaceAll('\r\n', '\n');
    assert.ok(text === wrapped(text), `${page}: run npm run pages`);
    const output = /^```text\n[\s\S]*?^```$/gm; // what a command printed stays as it was printed
    for (const line of text.replace(output, '').split('\n'))
      assert.ok(line.length <= COLUMNS || line.startsWith('|'), `${page}: ${line.slice(0, 60)}...`);
  }
});

test('what the first page counts is as many', () => {
  const page = read(new URL('README.md', ROOT));
  assert.match(page, /thirteen conversion methods/);
  assert.equal(CONVERSION_METHODS.length, 13);
  assert.match(page, /in over four hundred ways/);
  assert.ok(FAULTS.length > 400 && FAULTS.length < 500, String(FAULTS.length));
});
