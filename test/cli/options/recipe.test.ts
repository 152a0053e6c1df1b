import assert from 'node:assert/strict';
import { test } from 'node:test';
import { train } from '../../../src/cli/commands/train.ts';
import { commandHelp } from '../../../src/cli/help.ts';
import { applyRecipe } from '../../../src/cli/options/recipe.ts';
import { RUN_OPTIONS } from '../../../src/cli/options/training.ts';
import { TRAINING_RECIPES } from '../../../src/lab/training/recipes.ts';
import { recordOf } from '../../../src/lab/training/run-record.ts';
import { COMMON_OPTIONS } from '../../../src/terminal/common-options.ts';
import { parseOptions } from '../../../src/terminal/parse.ts';

const TABLE = { ...RUN_OPTIONS, seed: COMMON_OPTIONS.seed };

function apply(line: string): ReturnType<typeof applyRecipe> {
  const { values, given } = parseOptions(line.split(' '), TABLE);
  return applyRecipe(values, given);
}

test('every recipe is a run that train takes, with each of its options in effect, named in the help', () => {
  const help = commandHelp(train).replaceAll(/\s+/g, ' ');
  assert.equal(new Set(TRAINING_RECIPES.map(({ name }) => name)).size, TRAINING_RECIPES.length);
  for (const { name, purpose, run } of TRAINING_RECIPES) {
    const options = recordOf(run);
    const { record: values, changes } = apply(`--recipe ${name}`);
    assert.deepEqual(changes, []);
    for (const [option, value] of Object.entries(options))
      assert.equal(values[option as 'model'], value, name);
    for (const fixed of ['dataset', 'model', 'activation', 'epochs'])
      assert.ok(fixed in options, `${name} ${fixed}`);
    assert.ok(help.includes(` ${name} ${purpose}`), name);
    const written = Object.entries(options).map(([k, v]) => (v === true ? `--${k}` : `--${k} ${v}`));
    assert.deepEqual({ ...apply(written.join(' ')).record, recipe: name }, values);
  }
});

test('what is written out overrides the recipe and is told; what makes nonsense of it is refused', () => {
  const { record: values, changes } = apply(
    '--recipe mnist-cnn-strelu --epochs 10 --width 0.5 --seed 7 --batch-size 128',
  );
  assert.deepEqual([values.epochs, values.width, values.seed, values.levels], [10, 0.5, 7, 4]);
  assert.deepEqual(changes, ['--epochs 10 instead of 12', '--seed 7 instead of 1', '--width 0.5']);
  const refused: readonly (readonly [string, RegExp])[] = [
    [
      '--recipe mnist-cnn-strelu --dataset strokes',
      /--dataset strokes: recipe mnist-cnn-strelu is for mnist/,
    ],
    [
      '--recipe cifar-vgg8-qcfs --activation strelu',
      /--activation strelu: recipe cifar-vgg8-qcfs is for qcfs/,
    ],
    [
      '--recipe mnist-cnn-strelu --levels 0',
      /recipe mnist-cnn-strelu: --continuous-epochs would change nothing/,
    ],
    ['--recipe mnist', /--recipe: unknown value "mnist"/],
  ];
  for (const [line, message] of refused) assert.throws(() => apply(line), message);
  assert.deepEqual(apply('--epochs 2').changes, []);
});
