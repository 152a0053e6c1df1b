import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

test('convert --grid: the exact modes have not one wrong count, and verify says so', async () => {
  await inFolder(async (path) => {
    const model = path('m.safetensors');
    const tiny = ['--model', 'lenet', '--width', '0.5', '--limit', '256', '--test-limit', '50', '--quiet'];
    const trained = await strelu(['train', '--epochs', '1', '--out', model, ...tiny]);
    assert.equal(trained.status, 0, trained.stderr);
    const snn = path('grid.snn.safetensors');
    const converted = await strelu([
      'convert',
      model,
      '--neuron',
      'tracer',
      '--grid',
      '4',
      '--out',
      snn,
      '--quiet',
    ]);
    assert.equal(converted.status, 0, converted.stderr);
    const words = [
      'verify',
      model,
      snn,
      '--limit',
      '30',
      '--steps',
      '4',
      '--json',
      path('v.json'),
      '--quiet',
    ];
    const verified = await strelu(words);
    assert.equal(verified.status, 0, verified.stdout + verified.stderr);
    const {
      laws,
      layers,
      snn: answers,
    } = JSON.parse(await readFile(path('v.json'), 'utf8')) as {
      laws: { id: string; holds: boolean; worst: number }[];
      layers: { otherCount: number }[];
      snn: { mismatches: number };
    };
    assert.deepEqual(
      laws.filter(({ id }) => id === 'L16').map(({ holds, worst }) => [holds, worst]),
      [[true, 0]],
    );
    assert.ok(layers.every(({ otherCount }) => otherCount === 0));
    assert.equal(answers.mismatches, 0);
    const impossible = await strelu(['convert', model, '--grid', '9999999', '--out', path('no'), '--quiet']);
    assert.equal(impossible.status, 1);
    assert.match(impossible.stderr, /^strelu: .*expected sums below 2\^23 grid steps.*; use fewer steps$/m);
  });
});
