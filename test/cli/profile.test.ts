/** @file `train --profile`: the same network, a table, figures in the result, and a figure in the report. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const TINY = [
  '--model',
  'lenet',
  '--width',
  '0.5',
  '--limit',
  '256',
  '--test-limit',
  '50',
  '--epochs',
  '1',
  '--quiet',
];

test('a profiled training says where its time went, and leaves the network that it leaves without', async () => {
  await inFolder(async (path) => {
    const plain = await strelu(['train', ...TINY, '--out', path('plain.safetensors')]);
    assert.equal(plain.status, 0, plain.stderr);
    const timed = await strelu([
      ...['train', ...TINY, '--out', path('timed.safetensors'), '--profile', '--json', path('timed.json')],
    ]);
    assert.equal(timed.status, 0, timed.stderr);
    assert.match(timed.stdout, /direction +layer +kernel +calls/);
    assert.match(timed.stdout, /outside of kernels/);
    assert.deepEqual(await readFile(path('timed.safetensors')), await readFile(path('plain.safetensors')));
    const { profile } = JSON.parse(await readFile(path('timed.json'), 'utf8'));
    const spent = profile.rows.reduce((sum: number, row: { seconds: number }) => sum + row.seconds, 0);
    assert.ok(spent > 0 && spent < profile.seconds, `${spent} s in kernels of ${profile.seconds} s`);
    const drawn = await strelu(['report', path('timed.json'), '--out', path('timed.html')]);
    assert.equal(drawn.status, 0, drawn.stderr);
    assert.match(await readFile(path('timed.html'), 'utf8'), /Where the time of timed went/);
  });
});
