import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RUN_OPTIONS } from '../../../src/cli/options/training.ts';
import { openRun } from '../../../src/cli/training/resume.ts';
import { loadRun, type SavedRun, saveRun } from '../../../src/cli/training/saved-run.ts';
import { COMMON_OPTIONS } from '../../../src/terminal/common-options.ts';
import { parseOptions } from '../../../src/terminal/parse.ts';
import { TRAIN_DEFAULTS } from '../../../src/train/options.ts';
import { inFolder } from '../spawn.ts';

const TABLE = { ...RUN_OPTIONS, seed: COMMON_OPTIONS.seed };
const { values } = parseOptions(['--batch-size', '32', '--lr', '0.2', '--label-smoothing', '0.1'], TABLE);

function savedRun(run: SavedRun['run']): SavedRun {
  const tensors = new Map([['linear1.bias', Float32Array.of(1, 2, 3)]]);
  const sums = { loss: 1, right: 2, steps: 3 };
  return { checkpoint: { step: 3, options: TRAIN_DEFAULTS, curve: [], sums, tensors }, totalSteps: 9, run };
}

test('a run is read as it was saved', async () => {
  await inFolder(async (path) => {
    const saved = savedRun(values);
    await saveRun(path('run.safetensors'), saved);
    assert.deepEqual(await loadRun(path('run.safetensors')), saved);
  });
});

test('a run saved under the options of before resumes under those of now; one that lacks an option is refused', async () => {
  await inFolder(async (path) => {
    const file = path('run.safetensors');
    const { 'batch-size': batch, lr: rate, 'label-smoothing': smoothing, ...others } = values;
    const { batchSize, learningRate, labelSmoothing, ...rest } = TRAIN_DEFAULTS;
    const before = { ...rest, batch: batchSize, rate: learningRate, smoothing: labelSmoothing };
    const saved = savedRun({ ...others, batch, rate, smoothing });
    await saveRun(file, { ...saved, checkpoint: { ...saved.checkpoint, options: before as never } });
    const opened = await openRun(file, values, new Set(['lr', 'batch-size']));
    assert.deepEqual(opened.run, values);
    assert.deepEqual(opened.saved.checkpoint.options, TRAIN_DEFAULTS);
    await assert.rejects(
      openRun(file, { ...values, lr: 1 }, new Set(['lr'])),
      /UsageError: --lr 1 differs from the run to resume \(0.2\)/,
    );
    await saveRun(file, savedRun({ ...others, batch, rate }));
    await assert.rejects(
      openRun(file, values, new Set()),
      /InputError: .*expected the run's option label-smoothing, found none; it was written by another version/,
    );
  });
});
