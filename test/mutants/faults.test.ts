/** @file Every fault still fits its file and names tests that exist; `npm run mutants` tries whether they notice it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { FAULTS } from './faults/index.ts';

const root = new URL('../', SOURCE_FOLDER);

test('every fault fits its file', () => {
  assert.ok(FAULTS.length > 100);
  for (const { name, file, find, tests } of FAULTS) {
    const url = new URL(file, root);
    const times = existsSync(url) ? readFileSync(url, 'utf8').split(find).length - 1 : 0;
    assert.equal(times, 1, `${name}: expected ${find} once in ${file}`);
    for (const test of tests)
      assert.ok(existsSync(new URL(`test/${test}`, root)), `${name}: no file test/${test}`);
  }
});
