import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openSavedRun } from '../../../src/cli/options/resume.ts';
import { RUN_OPTIONS } from '../../../src/cli/options/training.ts';
import { writeCheckpointFile } from '../../../src/io/checkpoint-file.ts';
import { RUN_LIMITS } from '../../../src/lab/training/run-limits.ts';
import { recordOf } from '../../../src/lab/training/run-record.ts';
import { checkpointPath, loadRun, type SavedRun, saveRun } from '../../../src/lab/training/saved-run.ts';
import { TRAINING_DEFAULTS, trainOptions } from '../../../src/lab/training/training-run.ts';
import { Random } from '../../../src/random/random.ts';
import { COMMON_OPTIONS } from '../../../src/terminal/common-options.ts';
import { inFolder } from '../../support/in-folder.ts';

const RUN = { ...TRAINING_DEFAULTS, batchSize: 32, learningRate: 0.2, labelSmoothing: 0.1 };
const DATA = Float32Array.of(1, 2, 3);
const SAVED: SavedRun = {
  run: RUN,
  checkpoint: {
    step: 3,
    options: trainOptions(RUN),
    curve: [],
    sums: { loss: 1, right: 2, steps: 3 },
    tensors: new Map([['linear1.bias', DATA]]),
  },
  totalSteps: 9,
  sources: { model: null, from: null, teacher: 'abc' },
  bits: { kernels: 'simd', deterministic: false, fused: true, train: 'a'.repeat(64), test: 'b'.repeat(64) },
};

test('a run is read as it was saved', async () => {
  await inFolder(async (path) => {
    await saveRun(path('run.safetensors'), SAVED);
    assert.deepEqual(await loadRun(path('run.safetensors')), SAVED);
  });
});

/** The names that these options had once. */
function former(values: Readonly<Record<string, unknown>>, names: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]));
}

test('a run saved under the options of before resumes under those of now; one that lacks an option is refused', async () => {
  await inFolder(async (path) => {
    const out = path('run.safetensors');
    const file = checkpointPath(out);
    const write = (run: object): Promise<void> => {
      const { step, curve, sums, options } = SAVED.checkpoint;
      const names = { batchSize: 'batch', learningRate: 'rate', labelSmoothing: 'smoothing' };
      const text = { step, curve, sums, totalSteps: 9, options: former({ ...options }, names), run };
      const tensors = new Map([['linear1.bias', { shape: [3], data: DATA }]]);
      return writeCheckpointFile(file, { tensors, metadata: { run: JSON.stringify(text) } });
    };
    const record = recordOf(RUN);
    const names = { 'batch-size': 'batch', lr: 'rate', 'label-smoothing': 'smoothing' };
    const old = former(record, names);
    await write({ ...old, 'teacher-sha256': 'abc' });
    assert.deepEqual(await openSavedRun(out, record, new Set(['lr', 'batch-size'])), {
      ...SAVED,
      bits: null,
    });
    await assert.rejects(
      openSavedRun(out, { ...record, lr: 1 }, new Set(['lr'])),
      /UsageError: --lr 1 differs from the run to resume \(0.2\)/,
    );
    await write({ ...old, smoothing: undefined });
    await assert.rejects(
      openSavedRun(out, record, new Set()),
      /InputError: .*expected the run's label-smoothing, found none; it was written by another version/,
    );
  });
});

test('any part of a run that no option would take is refused by its name, without a digest too', async () => {
  await inFolder(async (path) => {
    const file = path('run.safetensors');
    const tensors = new Map([['linear1.bias', { shape: [3], data: DATA }]]);
    const { step, curve, sums, options } = SAVED.checkpoint;
    const whole = { step, curve, sums, totalSteps: 9, options, run: recordOf(RUN) };
    const write = (change: object): Promise<void> =>
      writeCheckpointFile(file, { tensors, metadata: { run: JSON.stringify({ ...whole, ...change }) } });
    await write({});
    assert.equal((await loadRun(file)).bits, null);
    for (const [name, value] of [
      ['epochs', 1e12],
      ['lr', -1],
      ['crop', 1e9],
      ['seed', 'x'],
      ['model', 'nosuch'],
      ['width', 'a'],
      ['limit', 0],
      ['flip', 1],
      ['dataset', '../mnist'],
      ['optimizer', { toString: 1 }],
    ] as const) {
      await write({ run: { ...recordOf(RUN), [name]: value } });
      await assert.rejects(
        loadRun(file),
        new RegExp(`InputError: .*expected the run's ${name} to be .*damaged`),
      );
    }
    for (const change of [
      { step: 10 },
      { step: -1 },
      { curve: [1, 2, null] },
      { curve: [{ epoch: 2, loss: 1, trainAccuracy: 1, testAccuracy: 1, imagesPerSecond: 1 }] },
      { sums: { loss: null, right: 1, steps: 1 } },
      { options: { ...options, learningRate: 5 } },
      { options: { ...options, augment: { crop: 4 } } },
      { bits: { kernels: 'other' } },
    ]) {
      await write(change);
      await assert.rejects(
        loadRun(file),
        /InputError: .*(expected a training run|damaged)/,
        JSON.stringify(change),
      );
    }
  });
});

test('one flipped bit, anywhere: refused, or nothing that counts is another', async () => {
  await inFolder(async (path) => {
    const [file, flipped] = [path('run.safetensors'), path('flipped.safetensors')];
    await saveRun(file, SAVED);
    const whole = await readFile(file);
    const random = Random.seeded(5);
    let refused = 0;
    for (let round = 0; round < 400; round++) {
      const bytes = Uint8Array.from(whole);
      bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8);
      await writeFile(flipped, bytes);
      const found = await loadRun(flipped).catch((error: Error) => {
        assert.equal(error.name, 'InputError', error.stack);
        return null;
      });
      if (found) assert.deepEqual(found, SAVED);
      else refused++;
    }
    assert.ok(refused >= 390, String(refused)); // all but blanks
  });
});

test('the bounds of a file are those of the options', () => {
  const values = [
    ...[
      -1, 0, 1e-10, 1e-9, 0.005, 0.01, 0.5, 0.999, 0.9995, 0.9999, 0.99995, 0.999999, 0.9999995, 1, 1.5, 2, 3,
      4, 4.5,
    ],
    ...[
      63,
      64,
      65,
      255,
      256,
      257,
      1000,
      1001,
      65_536,
      65_537,
      100_000,
      100_001,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 53,
    ],
    ...[
      'round',
      'truncate',
      'half',
      'rest',
      'layer',
      'channel',
      'sgd',
      'adam',
      'muon',
      'strelu',
      'relu',
      'qcfs',
      'none',
    ],
    ...['strokes', 'mnist', 'cifar-10', 'nosuch', 'cnn', 'vgg8', 'net.json', 'mnist-cnn-strelu', ''],
    ...[
      '32x32',
      '32',
      '0x1',
      '0.5',
      '0.5,0.5,0.5',
      '0.5,0.5',
      '-1',
      'a,b',
      'a,b,c',
      'a,b,c,d',
      'folder:a',
      'npz:',
      'a\nb',
    ],
  ];
  const table = { ...RUN_OPTIONS, seed: COMMON_OPTIONS.seed };
  assert.deepEqual(Object.keys(RUN_LIMITS).sort(), Object.keys(table).sort());
  for (const [name, { parse, placeholder }] of Object.entries(table)) {
    const { allows } = RUN_LIMITS[name as keyof typeof RUN_LIMITS];
    if (placeholder === '') {
      assert.ok(allows(true) && allows(false) && !allows('true') && !allows(1), name);
      continue;
    }
    for (const value of values) {
      let taken: unknown;
      try {
        taken = parse(String(value));
      } catch {
        taken = undefined;
      }
      if (taken === undefined) assert.ok(!allows(value), `--${name} refuses ${value}`);
      else assert.ok(allows(taken), `--${name} takes ${value}`);
    }
  }
});

test('a field that no run knows is refused, beside the options and among them', async () => {
  await inFolder(async (path) => {
    const { step, curve, sums, options } = SAVED.checkpoint;
    const tensors = new Map([['linear1.bias', { shape: [3], data: DATA }]]);
    const write = (text: object): Promise<void> =>
      writeCheckpointFile(path('run'), { tensors, metadata: { run: JSON.stringify(text) } });
    const whole = { step, curve, sums, totalSteps: 9, options, run: recordOf(RUN) };
    await write(whole);
    await loadRun(path('run'));
    await write({ ...whole, colour: 'red' });
    await assert.rejects(loadRun(path('run')), /InputError: .*unknown field colour in its run/);
    await write({ ...whole, run: { ...whole.run, widht: 1 } });
    await assert.rejects(loadRun(path('run')), /InputError: .*does not know, widht; did you mean width\?/);
  });
});
