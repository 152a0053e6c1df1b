/** @file A training that diverges: what it saved before stays good, and nothing that cannot be read is saved. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { InputError } from '../../src/errors.ts';
import { writeCheckpointFile } from '../../src/io/checkpoint-file.ts';
import { saveModel } from '../../src/io/model-file.ts';
import { saveSnn } from '../../src/io/snn-file.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import type { Checkpoint } from '../../src/train/checkpoint.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { fit } from '../../src/train/fit.ts';
import type { TrainOptions } from '../../src/train/options.ts';
import { inFolder } from '../support/in-folder.ts';
import { bars, referenceRuntime, SMALL_OPTIONS, smallNetwork } from './small.ts';

const DATA = { train: bars(96, 1), test: bars(30, 2) };
/** The weights overflow within some steps. */
const WILD: readonly Partial<TrainOptions>[] = [
  { learningRate: 1e30 },
  { learningRate: 100, weightDecay: 1e6, momentum: 0.99 },
  { learningRate: 1e19, optimizer: 'adam', weightDecay: 1e10 },
];

test('every checkpoint of it is finite, the error names the step and what to do, and the last one goes on', async () => {
  for (const wild of WILD) {
    const runtime = referenceRuntime();
    const options = { ...SMALL_OPTIONS, epochs: 8, ...wild };
    const make = () => createModel(runtime.heap, smallNetwork(), Random.seeded(1));
    const saved: Checkpoint[] = [];
    const settings = { save: async (one: Checkpoint) => void saved.push(one), checkpointSeconds: 0 };
    const message = /^InputError: training: .* (at|after) step \d+ of 96.*lower the learning rate \(now /;
    await assert.rejects(async () => await fit(runtime, make(), DATA, options, settings), message);
    for (const { tensors } of saved)
      for (const [name, data] of tensors) assert.ok(data.every(Number.isFinite), name);
    const resume = saved.at(-1);
    if (resume)
      await assert.rejects(async () => await fit(runtime, make(), DATA, options, { resume }), message);
  }
});

test('what no command could read is not written: the file that was there stays', async () => {
  await inFolder(async (path) => {
    const runtime = referenceRuntime();
    const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
    const good = exportNetwork(model);
    const { snn } = convert(good);
    await saveModel(path('m'), good);
    await saveSnn(path('s'), snn);
    await writeCheckpointFile(path('c'), { tensors: new Map(), metadata: {} });
    const before = await Promise.all(['m', 's', 'c'].map((name) => readFile(path(name))));
    for (const [name, value] of [
      ['conv1.weight', Number.NaN],
      ['linear1.weight', Number.POSITIVE_INFINITY],
      ['act1.theta', 0],
      ['norm1.variance', -1],
    ] as const) {
      const weights = new Map([...good.weights].map(([key, data]) => [key, Float32Array.from(data)]));
      weights.get(name)![0] = value;
      await assert.rejects(
        saveModel(path('m'), { ...good, weights }),
        new RegExp(`InputError: .*tensor ${name}`),
      );
    }
    const layers = snn.layers.map((layer) => ({
      ...layer,
      theta: layer.theta.map(() => Number.POSITIVE_INFINITY),
    }));
    await assert.rejects(saveSnn(path('s'), { ...snn, layers }), InputError);
    const tensors = new Map([['w', { shape: [1], data: Float32Array.of(Number.NaN) }]]);
    await assert.rejects(writeCheckpointFile(path('c'), { tensors, metadata: {} }), /tensor w holds NaN/);
    assert.deepEqual(await Promise.all(['m', 's', 'c'].map((name) => readFile(path(name)))), before);
  });
});

test('a network whose logits overflow has no accuracy', () => {
  const runtime = referenceRuntime();
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
  model.tensors.get('linear1.weight')!.data.fill(3e38);
  assert.throws(
    () => evaluate(runtime, model, DATA.test),
    /InputError: small: expected finite logits, found (NaN|-?Infinity) for class \d of image \d+: the network overflows/,
  );
});
