/** @file What is said of a network before it is converted. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { adviseNetwork } from '../../../src/lab/advise/advise-network.ts';
import { layerAdvice } from '../../../src/lab/advise/layer-advice.ts';
import { trelu } from '../../../src/nn/layers.ts';
import { importOnnx } from '../../../src/onnx/import-onnx.ts';
import { SILENT } from '../../../src/progress.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { SOURCE_FOLDER } from '../../support/source-folder.ts';

const FILES = new URL('../test/onnx/files/', SOURCE_FOLDER);
const layer = (activation: string) => ({ name: 'act1', activation });

test('a layer: what is cut off, how far its values reach, whether it is exact', () => {
  const values = [1, -1, 0.5, 0.25, ...Array<number>(6).fill(0)];
  const clipped = layerAdvice(layer('strelu'), [1], values);
  assert.equal(clipped.clipped, 20);
  assert.equal(clipped.exact, true);
  assert.equal(clipped.says, 'converts exactly');
  assert.equal(
    layerAdvice(layer('strelu'), [1, 2], [1, 2, 0, 0]).clipped,
    50,
    'each channel by its own threshold',
  );
  assert.match(layerAdvice(layer('strelu'), [8], values).says, /threshold high: .* below 0\.0?\d+ theta/);
  assert.match(layerAdvice(layer('relu'), [8], values).says, /try --method relu-percentile/);
  assert.equal(
    layerAdvice(layer('relu'), [1], values).says,
    'threshold from images: larger values are cut off',
  );
});

test('a network: method, layers, accuracy at every step, the smallest T that is enough', async () => {
  const { network } = await importOnnx(await readFile(new URL('lenet-13.onnx', FILES)));
  const dataset = drawStrokes({ count: 20, seed: 1, split: 'test' });
  const runtime = createRuntime({ workers: 1 });
  try {
    const request = { runtime, steps: 64, calibration: {}, progress: SILENT };
    const advice = await adviseNetwork(network, dataset, request);
    assert.equal(advice.method, 'strelu');
    assert.deepEqual(
      advice.layers.map(({ name }) => name),
      ['act1', 'act2', 'act3', 'act4'],
    );
    assert.equal(Object.keys(advice.snnAccuracy).length, 64);
    assert.ok(advice.steps !== null && advice.energyRatio! > 0);
    for (let t = advice.steps; t <= 64; t++)
      assert.ok(advice.snnAccuracy[t]! + advice.tolerance >= advice.annAccuracy, `T = ${t}`);
    const mixed = {
      ...network.architecture,
      layers: network.architecture.layers.map((one, i) => (i === 1 ? trelu()([1, 1, 6], () => 'act1') : one)),
    };
    await assert.rejects(
      adviseNetwork({ ...network, architecture: mixed }, dataset, request),
      /no method converts trelu and strelu/,
    );
  } finally {
    runtime.close();
  }
});
