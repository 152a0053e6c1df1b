/** @file pretrained:NAME on the command line: understood where a trained network is, and told what to do where none can be. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { COMMANDS } from '../../src/cli/commands.ts';
import { refusePretrained, usualPlace } from '../../src/cli/pretrained-name.ts';
import { openNetwork } from '../../src/lab/training/network-file.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const NAME = 'pretrained:strokes-lenet-strelu';

test('where no trained network can stand, the command that makes a spiking one is told; an unknown name is told first', async () => {
  await assert.rejects(
    refusePretrained('SNN', NAME),
    /^UsageError: SNN: expected a file, found pretrained:\S+, which is trained .* first: strelu convert pretrained:strokes-lenet-strelu --out FILE$/,
  );
  await assert.rejects(
    refusePretrained('SNN', 'pretrained:nobody'),
    /no such network .* there are: .*strokes-lenet/,
  );
  await refusePretrained('SNN', 'mine.snn.safetensors');
});

test('every place that takes such a name says so in its help, and the others refuse it', async () => {
  for (const { load } of COMMANDS)
    for (const { help, pretrained = false } of (await load()).positionals)
      assert.equal(help.includes('pretrained:NAME'), pretrained, help);
  const { status, stderr } = await strelu(['simulate', NAME, '--quiet']);
  assert.equal(status, 2);
  assert.match(stderr, /SNN: expected a file, found pretrained:/);
});

test('a training can start from one, and results of one do not lie among the networks of the program', async () => {
  assert.equal((await openNetwork(NAME)).path, NAME);
  assert.equal(usualPlace(NAME, '/somewhere/net.safetensors'), 'runs/net.safetensors');
  assert.equal(usualPlace('mine/net.safetensors', 'mine/net.safetensors'), 'mine/net.safetensors');
  await inFolder(async (path) => {
    const { status, stdout, stderr } = await strelu(['export', NAME, '--to', 'onnx'], { cwd: path('.') });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /saved in runs\/strokes-lenet-strelu\.onnx/);
    assert.ok(existsSync(path('runs/strokes-lenet-strelu.onnx')));
  });
});
