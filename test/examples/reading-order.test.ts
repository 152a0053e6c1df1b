/** @file The index of the examples lists every page once, in reading order. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Built, this file lies one folder deeper. */
const pages = new URL(import.meta.url.endsWith('.ts') ? './' : '../../../test/examples/', import.meta.url);

test('README.md lists the pages in their order', () => {
  const listed = [...readFileSync(new URL('README.md', pages), 'utf8').matchAll(/\]\((\d\d-[^)]+)\)/g)];
  const present = readdirSync(pages).filter((name) => /^\d\d-.*\.test\.ts$/.test(name));
  assert.deepEqual(
    listed.map((match) => match[1]),
    present.sort(),
  );
});
