import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSavedRun } from '../../../src/cli/options/resume.ts';
import { saveCheckpoint } from '../../../src/io/checkpoint-file.ts';
import { recordOf } from '../../../src/lab/training/run-record.ts';
import { loadRun, type SavedRun, saveRun } from '../../../src/lab/training/saved-run.ts';
import { TRAINING_DEFAULTS, trainOptions } from '../../../src/lab/training/training-run.ts';
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
    const file = path('run.safetensors');
    const write = (run: object): Promise<void> => {
      const { step, curve, sums, options } = SAVED.checkpoint;
      const names = { batchSize: 'batch', learningRate: 'rate', labelSmoothing: 'smoothing' };
      const text = { step, curve, sums, totalSteps: 9, options: former({ ...options }, names), run };
      const tensors = new Map([['linear1.bias', { shape: [3], data: DATA }]]);
      return saveCheckpoint(file, { tensors, metadata: { run: JSON.stringify(text) } });
    };
    const record = recordOf(RUN);
    const names = { 'batch-size': 'batch', lr: 'rate', 'label-smoothing': 'smoothing' };
    const old = former(record, names);
    await write({ ...old, 'teacher-sha256': 'abc' });
    assert.deepEqual(await openSavedRun(file, record, new Set(['lr', 'batch-size'])), SAVED);
    await assert.rejects(
      openSavedRun(file, { ...record, lr: 1 }, new Set(['lr'])),
      /UsageError: --lr 1 differs from the run to resume \(0.2\)/,
    );
    await write({ ...old, smoothing: undefined });
    await assert.rejects(
      openSavedRun(file, record, new Set()),
      /InputError: .*expected the run's label-smoothing, found none; it was written by another version/,
    );
  });
});
