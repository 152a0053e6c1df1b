import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RUN_OPTIONS } from '../../../src/cli/options/training.ts';
import { recipeRun } from '../../../src/lab/training/recipe-run.ts';
import { TRAINING_RECIPES } from '../../../src/lab/training/recipes.ts';
import { RECORD_NAMES, recordOf, runOf } from '../../../src/lab/training/run-record.ts';
import { TRAINING_DEFAULTS, trainOptions } from '../../../src/lab/training/training-run.ts';
import { COMMON_OPTIONS } from '../../../src/terminal/common-options.ts';
import { parseOptions } from '../../../src/terminal/parse.ts';
import { TRAIN_DEFAULTS } from '../../../src/train/options.ts';

test('a run becomes its record and its record the run; a record has each field once', () => {
  for (const run of [TRAINING_DEFAULTS, ...TRAINING_RECIPES.map(({ name }) => recipeRun(name))]) {
    assert.deepEqual(Object.keys(run).sort(), Object.keys(RECORD_NAMES).sort());
    assert.deepEqual(runOf(recordOf(run)), run);
  }
  assert.equal(new Set(Object.values(RECORD_NAMES)).size, Object.keys(RECORD_NAMES).length);
});

test('without options `strelu train` is the default run', () => {
  const { values } = parseOptions([], { ...RUN_OPTIONS, seed: COMMON_OPTIONS.seed });
  assert.deepEqual(runOf(values), TRAINING_DEFAULTS);
});

test('the trainer is told what the run says', () => {
  assert.deepEqual(trainOptions(TRAINING_DEFAULTS), {
    ...TRAIN_DEFAULTS,
    augment: { crop: 0, flip: false, alternateFlip: false, translate: 0, autoAugment: false, cutout: 0 },
  });
  const run = { ...TRAINING_DEFAULTS, plainMomentum: true, crop: 3, cutout: 5, seed: 9 };
  const { nesterov, augment, seed } = trainOptions(run);
  assert.deepEqual(
    [nesterov, augment, seed],
    [false, { crop: 3, flip: false, alternateFlip: false, translate: 0, autoAugment: false, cutout: 5 }, 9],
  );
});

test('a teacher has its weight only when there is one', () => {
  assert.equal(trainOptions(TRAINING_DEFAULTS).teacherWeight, 0);
  assert.equal(trainOptions({ ...TRAINING_DEFAULTS, teacher: 'a' }).teacherWeight, 0.5);
});
