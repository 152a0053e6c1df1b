/** @file Runs that hold images out: what they look at, what they say of it, and that the test images are left alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdOut } from '../../../src/data/hold-out.ts';
import { openDatasets } from '../../../src/io/open-datasets.ts';
import { evaluateNetwork } from '../../../src/lab/evaluate-network.ts';
import { readRun, recordOf } from '../../../src/lab/training/run-record.ts';
import { trainToFile } from '../../../src/lab/training/train-to-file.ts';
import { TRAINING_DEFAULTS, type TrainingRun } from '../../../src/lab/training/training-run.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { inFolder } from '../../support/in-folder.ts';

const RUN: TrainingRun = {
  ...TRAINING_DEFAULTS,
  ...{ model: 'lenet', width: 0.5, epochs: 1, limit: 120, testLimit: 40, validation: 30, seed: 5 },
};

test('the curve and the accuracy are of the held-out images; the test images only on demand, once, at the end', async () => {
  await inFolder(async (path) => {
    const runtime = createRuntime({ workers: 1 });
    const { train, test: images } = await openDatasets('strokes', { seed: 5, limit: 120, testLimit: 40 });
    const { validation } = holdOut(train, { count: 30, seed: 5 });
    const notes: string[] = [];
    const progress = { start() {}, update() {}, stop() {}, note: (line: string) => void notes.push(line) };
    const judged = await trainToFile({ runtime, run: RUN, out: path('a.safetensors'), progress });
    const { accuracy } = await evaluateNetwork(runtime, judged.network, validation);
    assert.equal(judged.accuracy, accuracy);
    assert.equal(judged.curve.at(-1)!.testAccuracy, accuracy);
    assert.deepEqual(
      [judged.split, judged.testImages, judged.validation],
      ['validation', 30, { accuracy, images: 30 }],
    );
    assert.match(notes.join('\n'), /training [\d.]+ %, validation [\d.]+ %/);

    const run = { ...RUN, finalTest: true };
    const finished = await trainToFile({ runtime, run, out: path('b.safetensors') });
    assert.deepEqual(finished.network.weights, judged.network.weights);
    const tested = await evaluateNetwork(runtime, finished.network, images);
    assert.deepEqual(
      [finished.split, finished.testImages, finished.accuracy, finished.validation],
      ['test', 40, tested.accuracy, { accuracy, images: 30 }],
    );
    const { provenance } = finished.network;
    assert.deepEqual([provenance.accuracy, provenance.validationAccuracy], [tested.accuracy, accuracy]);
    runtime.close();
  });
});

test('a record of an earlier version, without the later options, is a run by their defaults', () => {
  const { validation, dirac, ...record } = recordOf(RUN);
  const later = ['validation', 'dirac', 'lr-fall', 'muon-of', 'norm-rate', 'head-decay', 'lookahead'];
  const old = Object.fromEntries(Object.entries(record).filter(([name]) => !later.includes(name)));
  assert.deepEqual(readRun(old, 'old'), { ...RUN, validation: 0 });
});
