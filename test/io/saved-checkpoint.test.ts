/** @file What `fit` hands to `save` goes to a file and comes back as what it resumes from; a file that is damaged is told by its part. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawStrokes } from '../../src/data/strokes.ts';
import { writeCheckpointFile } from '../../src/io/checkpoint-file.ts';
import { loadCheckpoint, saveCheckpoint, writeCheckpointText } from '../../src/io/saved-checkpoint.ts';
import { recordOf } from '../../src/lab/training/run-record.ts';
import { NO_SOURCES, saveRun } from '../../src/lab/training/saved-run.ts';
import { TRAINING_DEFAULTS, trainOptions } from '../../src/lab/training/training-run.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { Checkpoint } from '../../src/train/checkpoint.ts';
import { fit } from '../../src/train/fit.ts';
import { TRAIN_DEFAULTS } from '../../src/train/options.ts';
import { inFolder } from '../support/in-folder.ts';

const SET = drawStrokes({ count: 48, seed: 1, split: 'train' });
const DATA = { train: SET, test: SET };
const OPTIONS = { ...TRAIN_DEFAULTS, epochs: 2, batchSize: 16, ema: 0.9, augment: { crop: 1 } };
const ARCHITECTURE = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu', width: 0.25 });

test('fit saves, a file comes back whole, and the run that resumes from it ends with the same bits', () =>
  inFolder(async (path) => {
    using runtime = createRuntime({ workers: 1 });
    const make = () => createModel(runtime.heap, ARCHITECTURE, Random.seeded(1));
    const whole = make();
    const { curve } = await fit(runtime, whole, DATA, OPTIONS);
    const stop = new AbortController();
    let handed: Checkpoint | undefined;
    await fit(runtime, make(), DATA, OPTIONS, {
      save: async (checkpoint) => {
        handed ??= checkpoint;
        await saveCheckpoint(path('c'), handed);
      },
      checkpointSeconds: 0, // after the very first step
      onStep: () => stop.abort(),
      signal: stop.signal,
    });
    const resume = await loadCheckpoint(path('c'));
    assert.deepEqual(resume, handed);
    assert.deepEqual([resume.step, resume.options], [1, OPTIONS]);
    const rest = make();
    const { curve: after } = await fit(runtime, rest, DATA, resume.options, { resume });
    const losses = (of: typeof curve): number[] => of.map(({ loss }) => loss);
    assert.deepEqual(losses(after), losses(curve));
    for (const [name, { data }] of whole.tensors) assert.deepEqual(rest.tensors.get(name)!.data, data, name);
  }));

const PLAIN: Checkpoint = {
  step: 1,
  options: TRAIN_DEFAULTS,
  curve: [],
  sums: { loss: 0.5, right: 1, steps: 1 },
  tensors: new Map([['w', Float32Array.of(1, 2)]]),
};

test('a checkpoint that the command line left is read too', () =>
  inFolder(async (path) => {
    const run = { ...TRAINING_DEFAULTS, epochs: 5 };
    const checkpoint = { ...PLAIN, options: trainOptions(run) };
    await saveRun(path('c'), { run, checkpoint, totalSteps: 9, sources: NO_SOURCES, bits: null });
    assert.deepEqual(await loadCheckpoint(path('c')), checkpoint);
    assert.equal(recordOf(run).epochs, 5);
  }));

test('what is wrong with a file is named', () =>
  inFolder(async (path) => {
    const { tensors, ...text } = PLAIN;
    const refused = async (value: unknown, message: RegExp): Promise<void> => {
      await writeCheckpointText(path('c'), JSON.stringify(value), tensors);
      await assert.rejects(loadCheckpoint(path('c')), message);
    };
    const damaged = (fact: string): RegExp =>
      new RegExp(`^InputError: .*${fact}.*; the file is damaged, remov`);
    await refused({ ...text, more: 1 }, damaged('unknown field more'));
    for (const [name, value] of [
      ['step', -1],
      ['step', '1'],
      ['options', []],
      ['curve', {}],
      ['curve', [{ epoch: 1 }]],
      ['sums', { loss: null, right: 0, steps: 0 }],
      ['sums', { loss: 0, right: 0.5, steps: 0 }],
    ] as const)
      await refused({ ...text, [name]: value }, damaged('expected step, options, curve and sums'));
    const option = (own: Record<string, unknown>) => ({ ...text, options: { ...TRAIN_DEFAULTS, ...own } });
    await refused(option({ rates: 1 }), damaged('unknown option rates'));
    await refused(option({ epochs: '3' }), damaged('expected option epochs .* as a number, found string'));
    await refused(option({ augment: 3 }), damaged('expected option augment'));
    await refused(option({ augment: [] }), damaged('expected option augment'));
    await refused(option({ headDecay: 'all' }), damaged('expected option headDecay'));
    await refused('text', damaged('expected step'));
    const { ema: _, ...fewer } = TRAIN_DEFAULTS;
    await writeCheckpointText(path('c'), JSON.stringify({ ...text, options: fewer }), tensors);
    assert.deepEqual(await loadCheckpoint(path('c')), PLAIN);
    const shaped = new Map([['w', { shape: [2], data: Float32Array.of(1, 3) }]]);
    const file = async (metadata: Record<string, string>, message: RegExp): Promise<void> => {
      await writeCheckpointFile(path('c'), { tensors: shaped, metadata });
      await assert.rejects(loadCheckpoint(path('c')), message);
    };
    await file({}, /^InputError: .*expected a training run in its metadata, found none/);
    await file({ run: '{' }, /^InputError: .*metadata run is not JSON/);
    const run = JSON.stringify(text);
    await file({ run, sha256: '0' }, damaged('expected content of SHA-256 0, found another'));
    await file({ run, more: '' }, damaged('expected run and sha256 in its metadata, found more'));
    const tensors2 = new Map([['w', Float32Array.of(Number.NaN)]]);
    await saveCheckpoint(path('d'), PLAIN);
    await assert.rejects(saveCheckpoint(path('d'), { ...PLAIN, tensors: tensors2 }), /tensor w holds NaN/);
    assert.deepEqual(await loadCheckpoint(path('d')), PLAIN);
  }));
