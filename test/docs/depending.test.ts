/** @file What the guide says that a user downloads are the bounds that the package is tested against. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PACKED_KB, PAGE_KB } from '../package/bounds.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

test('the package and a page weigh at most what the guide says', () => {
  const page = readFileSync(new URL('../docs/guide/depending.md', SOURCE_FOLDER), 'utf8');
  assert.equal(/One package of at most ([\d.]+) MB/.exec(page)?.[1], String(PACKED_KB / 1000));
  assert.equal(/At most (\d+) kB compressed/.exec(page)?.[1], String(PAGE_KB));
});
