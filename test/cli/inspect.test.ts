/** @file `inspect` tells what is in any file of strelu, and refuses the others by name. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const NET = {
  name: 'mine',
  layers: [
    { kind: 'conv2d', outChannels: 4, kernel: 3 },
    { kind: 'strelu' },
    { kind: 'avgPool', size: 2 },
    { kind: 'flatten' },
    { kind: 'linear', outputs: 10 },
  ],
};

test('a trained network, its spiking network, a description: layers, shapes, sums; the same as JSON', async () => {
  await inFolder(async (path) => {
    const [ann, snn, net] = [path('m.safetensors'), path('m.snn.safetensors'), path('net.json')];
    const small = '--model lenet --width 0.5 --limit 128 --test-limit 20 --epochs 1 --quiet'.split(' ');
    assert.equal((await strelu(['train', ...small, '--out', ann])).status, 0);
    assert.equal((await strelu(['convert', ann, '--out', snn, '--quiet'])).status, 0);
    await writeFile(net, JSON.stringify(NET));
    const read = async (...words: string[]): Promise<Record<string, unknown>> => {
      const { stdout, status, stderr } = await strelu(['inspect', ...words, '--json', '-', '--quiet']);
      assert.equal(status, 0, stderr);
      return (JSON.parse(stdout) as { inspection: Record<string, unknown> }).inspection;
    };
    const trained = await read(ann);
    assert.equal(trained.kind, 'trained network');
    const spiking = await read(snn);
    assert.deepEqual([spiking.kind, spiking.neuron], ['spiking network', 'half']);
    assert.equal(spiking.synapses, trained.macs);
    const described = await read(net, '--input', '8x8x2');
    // 3*3*2*4 + 4 of the convolution, 1 threshold, 3*3*4 inputs x 10 + 10
    assert.equal(described.parameters, 76 + 1 + 370);
    const { stdout } = await strelu(['inspect', net, '--quiet']);
    assert.match(stdout, /conv1 +conv2d +26x26x4 +40/);
    assert.match((await strelu(['inspect', snn, '--quiet'])).stdout, /readout +linear from/);
  });
});

test('what is none of ours is refused by its path', async () => {
  await inFolder(async (path) => {
    for (const [name, content, message] of [
      ['a.json', '{"name": 1}', /a\.json: name should be a text/],
      ['b.json', '{', /b\.json: expected a safetensors file or JSON/],
      ['c.bin', 'PK\u0003\u0004 not a tensor file at all, but long enough', /c\.bin: /],
    ] as const) {
      await writeFile(path(name), content);
      const { status, stderr } = await strelu(['inspect', path(name), '--quiet']);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /unexpected/);
    }
    const { status, stderr } = await strelu(['inspect', path('a.json'), '--input', '28']);
    assert.equal(status, 2);
    assert.match(stderr, /expected HEIGHTxWIDTHxCHANNELS/);
    const huge = await strelu(['inspect', path('a.json'), '--input', '99999999x99999999x3']);
    assert.equal(huge.status, 2);
    assert.match(huge.stderr, /--input: expected an image of at most 67108864 numbers, found 99999999x9/);
  });
});
