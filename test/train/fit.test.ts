/** @file fit is train with something around it: the same bits, awaited or looped over, aborted, stopped early, resumed, logged. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { drawStrokes } from '../../src/data/strokes.ts';
import { crc32c } from '../../src/format/tensorboard.ts';
import { openTrainingLog } from '../../src/io/training-log.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { disposeModel, type Model } from '../../src/nn/model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { Checkpoint } from '../../src/train/checkpoint.ts';
import { fit } from '../../src/train/fit.ts';
import { TRAIN_DEFAULTS } from '../../src/train/options.ts';
import { train } from '../../src/train/train.ts';

const data = {
  train: drawStrokes({ count: 40, seed: 1, split: 'train' }),
  test: drawStrokes({ count: 20, seed: 1, split: 'test' }),
};
const OPTIONS = { ...TRAIN_DEFAULTS, epochs: 3, batchSize: 10 };
const runtime = createRuntime();

/** A small network that always starts with the same weights. */
function fresh(): Model {
  const architecture = MODELS.lenet(data.train.shape, 10, { activation: 'strelu', width: 0.34 });
  return createModel(runtime.heap, architecture, Random.seeded(1));
}

const weights = (model: Model): number[] => [...model.tensors.values()].flatMap(({ data }) => [...data]);

/** What the bare generator makes of a model. */
function trained(): number[] {
  const model = fresh();
  for (const _ of train(runtime, model, data, OPTIONS));
  const found = weights(model);
  disposeModel(runtime.heap, model);
  return found;
}

const expected = trained();

test('awaited or looped over: the weights of the generator, every step and epoch told', async () => {
  const before = runtime.heap.used;
  const [one, two] = [fresh(), fresh()];
  const told: string[] = [];
  const { curve, ended } = await fit(runtime, one, data, OPTIONS, {
    onStep: ({ step }) => void told.push(`step ${step}`),
    onEpoch: async ({ summary }) => void told.push(`epoch ${summary.epoch}`),
  });
  assert.deepEqual(weights(one), expected);
  assert.equal(ended, 'done');
  assert.equal(curve.length, 3);
  const seen: string[] = [];
  for await (const event of fit(runtime, two, data, OPTIONS))
    seen.push(event.kind === 'step' ? `step ${event.step}` : `epoch ${event.summary.epoch}`);
  assert.deepEqual(weights(two), expected);
  assert.deepEqual(seen, told);
  assert.equal(told.length, 12 + 3);
  for (const model of [one, two]) disposeModel(runtime.heap, model);
  assert.equal(runtime.heap.used, before);
});

test('an abort ends after the step under way and frees what the training held; its checkpoint resumes to the same bits', async () => {
  const before = runtime.heap.used;
  const model = fresh();
  const controller = new AbortController();
  let saved: Checkpoint | undefined;
  const settings = {
    signal: controller.signal,
    checkpointSeconds: 0,
    save: async (checkpoint: Checkpoint) => {
      saved = checkpoint;
    },
    onStep: ({ step }: { step: number }) => {
      if (step === 5) controller.abort();
    },
  };
  const { ended, curve } = await fit(runtime, model, data, OPTIONS, settings);
  assert.equal(ended, 'aborted');
  assert.equal(saved!.step, 5);
  assert.equal(curve.length, 1);
  const again = fresh();
  const resumed = await fit(runtime, again, data, OPTIONS, { resume: saved });
  assert.deepEqual(weights(again), expected);
  assert.equal(resumed.curve.length, 3);
  const never = await fit(runtime, again, data, OPTIONS, { signal: AbortSignal.abort() });
  assert.deepEqual([never.ended, never.curve.length], ['aborted', 0]);
  for (const each of [model, again]) disposeModel(runtime.heap, each);
  assert.equal(runtime.heap.used, before);
});

test('leaving the loop ends the training', async () => {
  const before = runtime.heap.used;
  const model = fresh();
  for await (const event of fit(runtime, model, data, OPTIONS)) if (event.step === 2) break;
  disposeModel(runtime.heap, model);
  assert.equal(runtime.heap.used, before);
});

test('early stopping waits its epochs and keeps the weights of the best one', async () => {
  const model = fresh();
  const best: Record<number, number[]> = {};
  const options = { ...OPTIONS, epochs: 12 };
  const { ended, bestEpoch, curve } = await fit(runtime, model, data, options, {
    earlyStopping: { patience: 2, minDelta: 100 }, // nothing rises by 100 points
    onEpoch: ({ summary }) => {
      best[summary.epoch] = weights(model);
    },
  });
  assert.equal(ended, 'stopped early');
  assert.equal(curve.length, 3);
  assert.equal(bestEpoch, 1);
  assert.deepEqual(weights(model), best[1]);
  disposeModel(runtime.heap, model);
});

test('one training is awaited once', async () => {
  const model = fresh();
  const training = fit(runtime, model, data, { ...OPTIONS, epochs: 1 });
  await training;
  assert.throws(() => training[Symbol.asyncIterator](), /expected one await or one loop/);
  disposeModel(runtime.heap, model);
});

test('errors of the training arrive where it is awaited', async () => {
  const model = fresh();
  await assert.rejects(async () => {
    await fit(runtime, model, data, { ...OPTIONS, learningRate: 1e30 });
  }, /the loss is/);
  disposeModel(runtime.heap, model);
});

test('CRC-32C of the check value of its catalogue', () => {
  assert.equal(crc32c(new TextEncoder().encode('123456789')), 0xe3069283);
});

/** Records of an event file: lengths and checksums are looked at, messages come back. */
function records(file: Uint8Array<ArrayBuffer>): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const masked = (bytes: Uint8Array): number => {
    const crc = crc32c(bytes);
    return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  };
  const found: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    assert.equal(view.getUint32(at + 8, true), masked(file.subarray(at, at + 8)));
    const bytes = file.subarray(at + 12, at + 12 + length);
    assert.equal(view.getUint32(at + 12 + length, true), masked(bytes));
    found.push(bytes);
    at += length + 16;
  }
  return found;
}

test('a log: every step and epoch once, also where a run was killed after its checkpoint and resumed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-log-'));
  try {
    const model = fresh();
    let saved: Checkpoint | undefined;
    const first = await openTrainingLog(folder, null, () => 1);
    for await (const event of fit(runtime, model, data, OPTIONS, { log: first })) {
      if (event.kind === 'step' && event.step === 6) saved = event.checkpoint();
      if (event.step === 8) break; // killed two steps after its checkpoint
    }
    const log = await openTrainingLog(folder, saved!.step, () => 2);
    await fit(runtime, model, data, OPTIONS, { resume: saved, log });
    const column = async (name: string, index: number): Promise<number[]> =>
      (await readFile(join(folder, name), 'utf8'))
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split(',')[index]));
    assert.deepEqual(
      await column('steps.csv', 0),
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    assert.deepEqual(await column('epochs.csv', 0), [1, 2, 3]);
    assert.deepEqual(await column('epochs.csv', 1), [4, 8, 12]);
    const events = (await readdir(folder)).filter((name) => name.startsWith('events.')).sort();
    assert.equal(events.length, 2);
    const last = records(new Uint8Array(await readFile(join(folder, events[1]!))));
    assert.equal(last.length, 1 + 6 + 2); // version, steps 7 to 12, epochs 2 and 3
    assert.ok(new TextDecoder().decode(last[0]).includes('brain.Event:2'));
    assert.ok(new TextDecoder().decode(last.at(-1)).includes('accuracy/test'));
    await writeFile(join(folder, 'steps.csv'), 'of,another,program\n1,2,3\n');
    await openTrainingLog(folder, 3, () => 3);
    assert.match(await readFile(join(folder, 'steps.csv'), 'utf8'), /^step,[^\n]*\n$/, 'begun anew');
    disposeModel(runtime.heap, model);
  } finally {
    await rm(folder, { recursive: true });
  }
});
