/** @file The figures on the page of limits are those of the last long run. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { type FuzzRecord, fuzzTable, withTable } from './record.ts';
import { TARGETS } from './targets.ts';

const read = (path: string): Promise<string> => readFile(new URL(`../${path}`, SOURCE_FOLDER), 'utf8');
const record = JSON.parse(await read('test/fuzz/long-run.json')) as FuzzRecord;

test('docs/guide/limits.md shows the record as it is (npm run fuzz:page writes it)', async () => {
  const page = await read('docs/guide/limits.md');
  assert.equal(withTable(page, fuzzTable(record, new Map(TARGETS.map((one) => [one.name, one.says])))), page);
});

test('every input of the record loads or was refused, and no target had a fault', () => {
  for (const [name, { inputs, loads, refused, fault, slowest }] of Object.entries(record.targets)) {
    assert.equal(loads + refused, inputs, name);
    assert.equal(fault, null, name);
    assert.ok(slowest <= record.limits.seconds, name);
    assert.ok(loads > 0 && refused > 0, `${name}: inputs of both kinds`);
  }
  assert.deepEqual(Object.keys(record.targets).sort(), TARGETS.map(({ name }) => name).sort());
});
