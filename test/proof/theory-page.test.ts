/** @file The theory page states every law once, and each of its links leads to a file. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Built, this file lies one folder deeper. */
const root = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../../../', import.meta.url);
const page = readFileSync(new URL('THEORY.md', root), 'utf8');

test('every link and every named source file exists', () => {
  const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!);
  const named = [...page.matchAll(/`((?:src|test)\/[^`*]+)`/g)].map((match) => match[1]!);
  assert.ok(links.length > 20);
  for (const path of [...links, ...named]) assert.ok(existsSync(new URL(path, root)), path);
});

test('L1 to L21: a statement on the page, a test file, and a link from one to the other', () => {
  const files = readdirSync(new URL('test/laws/', root));
  for (let k = 1; k <= 21; k++) {
    const [file, ...more] = files.filter((name) => name.startsWith(`l${String(k).padStart(2, '0')}-`));
    assert.ok(file && more.length === 0, `one test file of L${k}`);
    assert.equal(page.split(`**L${k} `).length, 2, `one statement of L${k}`);
    assert.equal(page.split(`(test/laws/${file})`).length, 2, `one link to ${file}`);
    assert.ok(page.indexOf(`**L${k} `) < page.indexOf(`(test/laws/${file})`));
  }
});
