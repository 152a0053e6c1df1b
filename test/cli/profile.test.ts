/** @file `--profile` of `train` and `simulate`: the same results, a table, figures in the result, and a figure in the report. */
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

test('a profiled simulation says where its time went, by every engine with SIMD kernels, and answers as without', async () => {
  await inFolder(async (path) => {
    const made = [path('net.safetensors'), path('snn.safetensors')] as const;
    for (const words of [
      ['train', ...TINY, '--out', made[0]],
      ['convert', made[0], '--out', made[1]],
    ]) {
      const { status, stderr } = await strelu(words);
      assert.equal(status, 0, stderr);
    }
    const simulate = async (name: string, ...more: string[]) => {
      const words = [
        'simulate',
        made[1],
        '--limit',
        '20',
        '--steps',
        '2',
        '--json',
        path(name),
        '--quiet',
        ...more,
      ];
      const { status, stderr, stdout } = await strelu(words);
      assert.equal(status, 0, stderr);
      return { stdout, result: JSON.parse(await readFile(path(name), 'utf8')) };
    };
    for (const engine of ['events', 'products', 'auto']) {
      const plain = await simulate('plain.json', '--engine', engine);
      const { stdout, result } = await simulate('timed.json', '--engine', engine, '--profile');
      assert.deepEqual([result.snn, result.spikes], [plain.result.snn, plain.result.spikes]);
      assert.match(stdout, /direction +layer +kernel +calls/);
      const { rows, seconds } = result.profile as {
        readonly rows: readonly { readonly layer: string; readonly seconds: number }[];
        readonly seconds: number;
      };
      for (const layer of Object.keys(result.spikes.density))
        assert.ok(
          rows.some((row) => row.layer === layer),
          `${engine}: ${layer}`,
        );
      const spent = rows.reduce((sum, row) => sum + row.seconds, 0);
      assert.ok(spent > 0 && spent < seconds, `${spent} s in kernels of ${seconds} s`);
    }
    const drawn = await strelu(['report', path('timed.json'), '--out', path('timed.html')]);
    assert.equal(drawn.status, 0, drawn.stderr);
    assert.match(await readFile(path('timed.html'), 'utf8'), /Where the time of timed went/);
    const plainly = await strelu(['simulate', made[1], '--engine', 'reference', '--profile']);
    assert.deepEqual(
      [plainly.status, plainly.stderr.includes('profile: SIMD kernels are timed, found plain loops')],
      [2, true],
    );
  });
});
