/** @file `train --model net.json`: a network of one's own from a file to checked spikes, without a line of code. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const NET = {
  name: 'mine',
  layers: [
    { kind: 'conv2d', outChannels: 4, kernel: 5, stride: 2, bias: false },
    { kind: 'batchNorm' },
    { kind: 'strelu' },
    { kind: 'flatten' },
    { kind: 'linear', outputs: 10 },
  ],
};
const SMALL = '--limit 256 --test-limit 20 --epochs 2 --quiet'.split(' ');

test('trained, converted, verified; an interrupted run goes on to the same bytes, but not with another description', async () => {
  await inFolder(async (path) => {
    const net = path('net.json');
    await writeFile(net, JSON.stringify(NET));
    const [whole, halved] = [path('a.safetensors'), path('b.safetensors')];
    const train = ['train', '--model', net, ...SMALL, '--checkpoint-seconds', '0'];
    const first = await strelu([...train, '--out', whole]);
    assert.equal(first.status, 0, first.stderr);
    assert.equal((await strelu(['convert', whole, '--quiet'])).status, 0);
    const verified = await strelu(['verify', whole, path('a.snn.safetensors'), '--limit', '10', '--quiet']);
    assert.equal(verified.status, 0, verified.stdout + verified.stderr);

    const loud = train.filter((word) => word !== '--quiet');
    const stopped = await strelu([...loud, '--out', halved], { interruptAt: 'epoch 1/2' });
    assert.equal(stopped.status, 130);
    assert.match(stopped.stderr, /a checkpoint of step \d+ of \d+ is saved/);
    await writeFile(net, JSON.stringify({ ...NET, name: 'other' }));
    const refused = await strelu(['train', '--out', halved, '--resume', '--quiet']);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /net\.json: expected the file that the run began with/);
    await writeFile(net, JSON.stringify(NET));
    const resumed = await strelu(['train', '--out', halved, '--resume', '--quiet']);
    assert.equal(resumed.status, 0, resumed.stderr);
    assert.deepEqual(await readFile(halved), await readFile(whole));
  });
});

test('what does not fit is refused before training, by file and layer', async () => {
  await inFolder(async (path) => {
    const net = path('net.json');
    const run = async (value: object, words: readonly string[] = []) => {
      await writeFile(net, JSON.stringify(value));
      return strelu(['train', '--model', net, ...SMALL, '--out', path('x.safetensors'), ...words]);
    };
    const last = (outputs: number) => ({
      ...NET,
      layers: [...NET.layers.slice(0, -1), { kind: 'linear', outputs }],
    });
    for (const [value, words, status, message] of [
      [last(7), [], 1, /net\.json: the last layer gives 7 classes, strokes has 10/],
      [
        { name: 'n', layers: [{ kind: 'conv2d', outChannels: 1, kernel: 99 }] },
        [],
        1,
        /conv1 leaves nothing/,
      ],
      [
        NET,
        ['--activation', 'relu'],
        2,
        /--activation would change nothing here: it needs a built-in --model/,
      ],
      [
        { name: 'n', layers: [{ kind: 'flatten' }, { kind: 'linear', outputs: 10 }] },
        ['--shift', '1'],
        1,
        /a shift needs a batch norm/,
      ],
    ] as const) {
      const found = await run(value, words);
      assert.equal(found.status, status, found.stderr);
      assert.match(found.stderr, message);
    }
    assert.match(
      (await strelu(['train', '--model', path('none.json'), '--quiet'])).stderr,
      /none\.json: cannot be read \(no such file\)/,
    );
    assert.match(
      (await strelu(['train', '--model', 'lent', '--quiet'])).stderr,
      /--model: unknown value "lent"/,
    );
  });
});
