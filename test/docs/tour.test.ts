/** @file The tour: seven stops, each with the line to open, a program, and an exercise whose solution is a test that says what it solves. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { lineLinks, withLines } from '../../scripts/pages/line-links.ts';
import { inFolder } from '../support/in-folder.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const PAGE = new URL('../docs/guide/tour.md', SOURCE_FOLDER);
const SOLUTIONS = new URL('../test/examples/tour/', SOURCE_FOLDER);
const text = readFileSync(PAGE, 'utf8');
const stops = text.split(/^## (?=\d\. )/m).slice(1);

test('seven stops, each with a line to open, a program, an exercise and its solution', () => {
  assert.equal(stops.length, 7);
  for (const stop of stops) {
    assert.ok(lineLinks(stop) >= 1, stop.slice(0, 40));
    assert.match(stop, /^```ts$/m);
    assert.match(
      stop,
      /^\*Exercise\.\* .*\[Solution\]\(\.\.\/\.\.\/test\/examples\/tour\/\d-[\w-]+\.test\.ts\)/ms,
    );
  }
});

test('every solution belongs to its stop and says so', () => {
  const linked = [...text.matchAll(/examples\/tour\/(\d-[\w-]+\.test\.ts)\)/g)].map(([, file]) => file!);
  assert.deepEqual(linked, readdirSync(SOLUTIONS).sort());
  for (const [i, file] of linked.entries())
    assert.match(readFileSync(new URL(file, SOLUTIONS), 'utf8'), new RegExp(`@file Tour, stop ${i + 1}\\. `));
});

test('its lines are where it says; npm run pages writes the numbers', () => {
  assert.equal(withLines(text, PAGE), text);
});

test('a line that moved gets its new number; one that is gone, or there twice, is an error with the page and the code', () =>
  inFolder(async (path) => {
    writeFileSync(path('a.ts'), 'one\ntwo\nthree = 3\ntwo\n');
    const page = pathToFileURL(path('page.md'));
    assert.equal(
      withLines('[`three = 3`](a.ts#L1), [two](a.ts#L9)', page),
      '[`three = 3`](a.ts#L3), [two](a.ts#L9)',
    );
    assert.throws(
      () => withLines('[`four`](a.ts#L1)', page),
      /page\.md: expected one line of a\.ts with "four", found 0/,
    );
    assert.throws(() => withLines('[`two`](a.ts#L2)', page), /found 2/);
  }));
