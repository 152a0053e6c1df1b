import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { recipeRun } from '../../../src/lab/training/recipe-run.ts';
import { TRAINING_RECIPES } from '../../../src/lab/training/recipes.ts';
import { recordOf } from '../../../src/lab/training/run-record.ts';
import { SOURCE_FOLDER } from '../../support/source-folder.ts';

test('every recipe states and resolves to what it always did: a star marks what it states itself', async () => {
  const list = await readFile(new URL('../test/lab/training/resolved-recipes.txt', SOURCE_FOLDER), 'utf8');
  const lines = TRAINING_RECIPES.map(({ name, run }) => {
    const states = { ...recordOf(run), seed: undefined };
    return Object.entries(recordOf(recipeRun(name)))
      .map(
        ([word, value]) => `${states[word as keyof typeof states] === undefined ? '' : '*'}${word}=${value}`,
      )
      .join(' ');
  });
  assert.deepEqual(lines, list.trimEnd().split('\n'));
});

test('a recipe that starts from a network stands after the one that makes it', () => {
  const made: string[] = [];
  for (const { name, run } of TRAINING_RECIPES) {
    if (run.from) assert.ok(made.includes(run.from), `${name} starts from ${run.from}`);
    made.push(`runs/${name}.safetensors`);
  }
});
