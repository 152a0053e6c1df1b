/** @file strelu -> ONNX -> strelu -> ONNX -> strelu: the same network. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Layer } from '../../src/nn/architecture.ts';
import { exportOnnx } from '../../src/onnx/export-onnx.ts';
import { importOnnx } from '../../src/onnx/import-onnx.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { anyNetwork } from './any-network.ts';
import { drawn } from './images.ts';
import { farthest, logitsOf } from './logits.ts';

const FILES = new URL('../test/onnx/files/', SOURCE_FOLDER);

test('law: any network of ours comes back with the same logits, twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(2 ** 30), async (seed) => {
      const network = anyNetwork(seed);
      const { input } = network.architecture;
      const images = drawn(3 * input[0] * input[1] * input[2], seed + 1);
      const { network: once } = await importOnnx(await exportOnnx(network));
      const { network: twice } = await importOnnx(await exportOnnx(once));
      const expected = logitsOf(network, images);
      // Half a level apart where a value lies on the edge of two: none does here but by rounding of q = theta / levels.
      assert.ok(farthest(logitsOf(once, images), expected) < 1e-6, `seed ${seed}`);
      assert.ok(farthest(logitsOf(twice, images), expected) < 1e-6, `seed ${seed}, again`);
    }),
    { numRuns: 40 },
  );
});

for (const name of [
  'lenet-13',
  'vgg11-bn-11',
  'resnet-8-11',
  'depthwise-13',
  'asymmetric-11',
  'join-13',
  'quantised-13',
])
  test(`${name}.onnx -> strelu -> ONNX -> strelu`, async () => {
    const { network } = await importOnnx(await readFile(new URL(`${name}.onnx`, FILES)));
    const { network: again } = await importOnnx(await exportOnnx(network));
    assert.deepEqual(again.architecture.layers, network.architecture.layers);
    const images = drawn(2 * network.architecture.input.reduce((a, b) => a * b), 3);
    assert.ok(farthest(logitsOf(again, images), logitsOf(network, images)) < 1e-6);
  });

test('what was learned of the images travels in the metadata', async () => {
  const learned = { mean: [0.5, 0.25, 0.125], deviation: [1, 0.5, 0.75], classNames: ['a', 'b', 'c', 'd'] };
  let seed = 0;
  while (anyNetwork(seed).architecture.input[2] !== 3) seed++;
  const { network, report } = await importOnnx(await exportOnnx({ ...anyNetwork(seed), learned }));
  assert.deepEqual(network.learned, learned);
  assert.equal(report.normalisation, 'metadata');
});

/** Every activation of a network, in inner layers too. */
function levelsOf(layers: readonly Layer[]): number[] {
  return layers.flatMap((layer): number[] => {
    if (layer.kind === 'activation') return [layer.levels];
    return layer.kind === 'residual' ? [...levelsOf(layer.body), ...levelsOf(layer.shortcut)] : [];
  });
}

test('a grid that is asked for is on every activation; a relu has none', async () => {
  const read = async (name: string) => (await importOnnx(await readFile(new URL(name, FILES)))).network;
  const { network } = await importOnnx(await exportOnnx(await read('resnet-8-13.onnx'), { levels: 16 }));
  assert.deepEqual([...new Set(levelsOf(network.architecture.layers))], [16]);
  await assert.rejects(
    exportOnnx(await read('vgg11-bn-13.onnx'), { levels: 16 }),
    /act1: expected a threshold.*found relu.*trelu/,
  );
  await assert.rejects(
    exportOnnx(await read('vgg11-bn-13.onnx'), { levels: 0.5 }),
    /levels from 0 on, found 0.5/,
  );
});
