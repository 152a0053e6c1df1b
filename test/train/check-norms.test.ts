import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Layer } from '../../src/nn/architecture.ts';
import { builder } from '../../src/nn/models/build.ts';
import { checkNorms } from '../../src/train/check-norms.ts';
import { strelu } from '../cli/spawn.ts';
import { inFolder } from '../support/in-folder.ts';

const b = builder({ activation: 'strelu' });
const network = (layers: readonly Layer[]) => ({
  name: 'net',
  input: [6, 6, 1] as const,
  classes: 4,
  layers,
});

test('a batch norm that would see one value per channel is refused, wherever it is; with two images it is not', () => {
  const refused = [
    network([b.flatten(), b.linear(36, 4), b.norm(4)]),
    network([b.conv(1, 4, 6), b.norm(4), b.flatten()]),
    network([b.flatten(), b.linear(36, 4), b.residual([b.linear(4, 4), b.norm(4)], [])]),
  ];
  for (const one of refused) {
    assert.throws(
      () => checkNorms(one, 1),
      /UsageError: training: layer .*norm\d* would normalise one value per channel/,
    );
    checkNorms(one, 2);
  }
  checkNorms(network([b.conv(1, 4, 3), b.norm(4), b.flatten(), b.linear(64, 4)]), 1);
});

test('the command line says it in its own words', async () => {
  await inFolder(async (path) => {
    const layers = [{ kind: 'flatten' }, { kind: 'linear', outputs: 10 }, { kind: 'batchNorm' }];
    await writeFile(path('net.json'), JSON.stringify({ name: 'one', layers }));
    const words = [
      'train',
      '--model',
      path('net.json'),
      '--batch-size',
      '1',
      '--limit',
      '10',
      '--out',
      path('m'),
    ];
    const { status, stderr } = await strelu(words);
    assert.match(
      stderr,
      /would normalise one value per channel.*on the command line: a --batch-size of at least 2/,
    );
    assert.equal(status, 2);
  });
});
