/** @file The page of limits quotes the records of the long runs as they are, and the records reach what the page promises. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { FAULTS } from '../faults/plan.ts';
import { MOST_SECONDS } from '../faults/record.ts';
import { WORKS } from '../kills/works.ts';
import { MOST_PERCENT } from '../memory/record.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { BLOCKS, faults, filled, kills, memory } from './blocks.ts';

test('docs/guide/limits.md shows every record as it is (npm run limits writes it)', () => {
  const page = readFileSync(new URL('../docs/guide/limits.md', SOURCE_FOLDER), 'utf8');
  assert.equal(filled(page), page);
  for (const name of Object.keys(BLOCKS)) assert.ok(page.includes(`<!-- measured: ${name} -->`), name);
  assert.throws(() => filled('<!-- measured: nothing -->\n<!-- end -->'), /nothing: expected one of/);
  assert.notEqual(filled(page.replace(/\d+(?= kills)/, '1')), page.replace(/\d+(?= kills)/, '1'));
});

test('whatever was killed ended with the same bytes, also when it was killed while it wrote', () => {
  const { works } = kills();
  assert.deepEqual(Object.keys(works).sort(), Object.keys(WORKS).sort());
  for (const [name, row] of Object.entries(works)) {
    assert.equal(row.fault, null, name);
    assert.ok(row.whileWriting <= row.kills && row.goneOn <= row.kills, name);
    assert.ok(row.kills === 0 || row.ends > 0, name);
  }
  assert.ok(works.train!.kills >= 100 && works.train!.whileWriting >= 20);
});

test('every fault of a thread was an error or the right result in time', () => {
  const { works } = faults();
  for (const [name, row] of Object.entries(works)) {
    assert.equal(row.errors + row.done, row.faults, name);
    assert.ok(row.slowestSeconds <= MOST_SECONDS, name);
  }
  for (const work of ['training', 'simulation', 'calibration', 'batches', 'pictures'])
    for (const fault of FAULTS) assert.ok(works[`${work}, ${fault}`], `${work}, ${fault}`);
});

test('memory stayed as it was', () => {
  for (const [name, { count, from, to, percent }] of Object.entries(memory().works)) {
    assert.ok(count >= 10_000, name);
    assert.ok(Math.abs(percent - 100 * (to / from - 1)) < 1e-9);
    assert.ok(percent <= MOST_PERCENT, name);
  }
});
