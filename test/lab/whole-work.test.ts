/** @file The whole work by the lab alone: trained, converted, simulated, verified, without a command line, leaving nothing on the heap. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDataset } from '../../src/io/open-dataset.ts';
import {
  calibrate,
  convertNetwork,
  evaluateNetwork,
  imageRaster,
  simulateSteps,
  simulateVariant,
  TRAINING_DEFAULTS,
  type TrainingRun,
  trainRun,
  verifyNetwork,
} from '../../src/lab/index.ts';
import { createRuntime } from '../../src/runtime.ts';

const RUN: TrainingRun = {
  ...TRAINING_DEFAULTS,
  model: 'lenet',
  width: 0.25,
  levels: 2,
  epochs: 1,
  ema: 0.9,
  whiten: true,
  testFlip: true,
};

test('from a training run to a checked spiking network', async () => {
  const runtime = createRuntime();
  const data = {
    train: await openDataset('strokes', 'train', { limit: 256 }),
    test: await openDataset('strokes', 'test', { limit: 20 }),
  };
  await trainRun({ runtime, run: RUN, data });
  // what the kernels keep for the next call
  const before = runtime.heap.used;
  const { network, curve, accuracy, flippedAccuracy } = await trainRun({ runtime, run: RUN, data });
  assert.deepEqual([curve.length, curve[0]!.testAccuracy], [1, accuracy]);
  assert.ok(flippedAccuracy !== undefined);
  const answers = await evaluateNetwork(runtime, network, data.test);

  const { snn, calibratedOn } = await convertNetwork(network, { neuron: 'half' });
  assert.equal(calibratedOn, null);
  const reference = { name: 'ANN', predictions: answers.predictions };
  const steps = [1, 3];
  const { report, classes, spikesByLayer } = await simulateSteps(snn, data.test, {
    steps,
    runtime,
    reference,
  });
  assert.deepEqual(Object.keys(report.snn.accuracy), ['1', '2', '3']);
  assert.equal(classes[3]!.length, 20);
  for (const spikes of Object.values(spikesByLayer))
    assert.ok(spikes.length === 2 && spikes[1]! >= spikes[0]!);

  const variant = await simulateVariant(snn, data.test, {
    steps,
    runtime,
    weights: 'int8',
    stop: { rule: 'certain' },
  });
  assert.equal(variant.weights!.format, 'int8 per channel');
  assert.equal(variant.stop!.mismatches, 0);

  const exact = await convertNetwork(network, { neuron: 'tracer', gridSteps: 2 });
  const settled = await simulateSteps(exact.snn, data.test, { steps: [1, 2], runtime });
  assert.deepEqual(Object.keys(settled.report.snn.accuracy), ['1', '2']);
  assert.deepEqual(Object.keys(settled.report.latency!), ['1', '2']);

  const found = await verifyNetwork(network, snn, data.test, { runtime, steps: 4, radius: 1e-6 });
  assert.ok(found.verification.laws.every(({ holds }) => holds));
  assert.deepEqual(
    [found.ann.accuracy, found.verification.images, found.verification.ball!.images],
    [answers.accuracy, 20, 20],
  );
  await calibrate(runtime, network, data.train, 10);
  assert.equal(runtime.heap.used, before);
  runtime.close();
});

test('a raster of some neurons shows what the raster of all shows of them', async () => {
  const runtime = createRuntime();
  const data = {
    train: await openDataset('strokes', 'train', { limit: 64 }),
    test: await openDataset('strokes', 'test', { limit: 2 }),
  };
  const { network } = await trainRun({ runtime, run: RUN, data });
  runtime.close();
  const { snn } = await convertNetwork(network);
  const all = imageRaster(snn, data.test, 1, { steps: 3 });
  const some = imageRaster(snn, data.test, 1, { steps: 3, most: 5, seed: 3 });
  assert.ok(all.layers.some(({ neurons, spikes }) => neurons > 5 && spikes.length > 0));
  for (const [l, { neurons, spikes }] of some.layers.entries()) {
    const whole = all.layers[l]!;
    assert.equal(neurons, Math.min(5, whole.neurons));
    for (const [t, row] of spikes) assert.ok(t >= 1 && t <= 3 && row >= 0 && row < neurons);
    assert.ok(spikes.length <= whole.spikes.length);
  }
});
