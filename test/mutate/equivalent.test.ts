/** @file The mutants that are excused: each file exists, each is excused once, each has a reason. `npm run mutate -- --again` says which fit no more. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { EQUIVALENT } from './equivalent.ts';

test('every equivalent mutant names its file, changes its line and says why', () => {
  const root = new URL('../', SOURCE_FOLDER);
  const seen = new Set<string>();
  for (const { file, text, to, why } of EQUIVALENT) {
    const name = `${file}: ${text} => ${to}`;
    assert.ok(existsSync(new URL(file, root)), `${name}: no such file`);
    assert.ok(!seen.has(name), `${name}: twice`);
    assert.notEqual(text, to, name);
    assert.ok(why.length >= 20, `${name}: expected a reason, found ${why}`);
    seen.add(name);
  }
});
