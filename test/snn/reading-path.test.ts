/** @file The paths that the page of `simulate` sends its reader on lead somewhere. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const SNN = new URL('../../src/snn/', import.meta.url);

test('every file that the head of simulate.ts names is there', () => {
  const [head] = readFileSync(new URL('simulate.ts', SNN), 'utf8').split('*/', 1);
  const files = [...head!.matchAll(/[\w/-]+\.ts/g)].map(([file]) => file);
  assert.ok(files.length >= 14, files.join());
  for (const file of files) assert.ok(existsSync(new URL(file, SNN)), file);
});
