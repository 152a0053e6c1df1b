/** @file A description with every kind of layer goes through every command: trained, inspected, converted, simulated, verified. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const NET = {
  name: 'every-layer',
  layers: [
    { kind: 'conv2d', outChannels: 8, kernel: [5, 3], stride: [2, 1], padding: [2, 2, 1, 1], bias: false },
    { kind: 'batchNorm' },
    { kind: 'strelu' },
    { kind: 'maxPool', size: [1, 3], stride: [1, 2], padding: [0, 0, 1, 1] },
    { kind: 'conv2d', outChannels: 8, kernel: 3, padding: 1, groups: 8, bias: false },
    { kind: 'batchNorm' },
    { kind: 'strelu' },
    {
      kind: 'concat',
      branches: [
        [],
        [{ kind: 'conv2d', outChannels: 4, kernel: 3, padding: 2, dilation: 2 }, { kind: 'strelu' }],
        [{ kind: 'conv2d', outChannels: 4, kernel: 1, groups: 2 }, { kind: 'strelu' }],
      ],
    },
    { kind: 'avgPool', size: 3, stride: 2, padding: 1 },
    {
      kind: 'residual',
      body: [
        { kind: 'pad', padding: 1 },
        { kind: 'conv2d', outChannels: 16, kernel: 3 },
      ],
    },
    { kind: 'strelu' },
    { kind: 'globalAvgPool' },
    { kind: 'flatten' },
    { kind: 'linear', outputs: 10 },
  ],
};

test('trained, inspected, converted, simulated and verified, with every kind of layer', async () => {
  await inFolder(async (path) => {
    const net = path('net.json');
    await writeFile(net, JSON.stringify(NET));
    const run = async (...words: string[]): Promise<string> => {
      const { status, stdout, stderr } = await strelu(words);
      assert.equal(status, 0, `${words.join(' ')}: ${stdout}${stderr}`);
      return stdout;
    };
    assert.match(await run('inspect', net, '--input', '28x28x1'), /concat1\/branch2\/conv3/);
    const ann = path('ann.safetensors');
    const small = '--limit 256 --test-limit 20 --epochs 1 --quiet'.split(' ');
    await run('train', '--model', net, '--out', ann, ...small);
    await run('convert', ann, '--quiet');
    const snn = path('ann.snn.safetensors');
    const described = await run('inspect', snn);
    assert.match(described, /from act1 over 1x3 largest counts/);
    for (const engine of ['events', 'products', 'auto', 'reference'])
      await run(
        'simulate',
        snn,
        '--model',
        ann,
        '--steps',
        '4',
        '--limit',
        '4',
        '--engine',
        engine,
        '--quiet',
      );
    await run('verify', ann, snn, '--limit', '5', '--quiet');
    await run('convert', ann, '--neuron', 'tracer', '--out', path('tracer.safetensors'), '--quiet');
    await run('verify', ann, path('tracer.safetensors'), '--limit', '3', '--quiet');
  });
});
