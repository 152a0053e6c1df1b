import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type Dataset, pixelStatistics } from '../../../src/data/dataset.ts';
import { architectureOf } from '../../../src/lab/training/described-network.ts';
import { recipeRun } from '../../../src/lab/training/recipe-run.ts';
import { TRAINING_RECIPES } from '../../../src/lab/training/recipes.ts';
import { recordOf } from '../../../src/lab/training/run-record.ts';
import { createModel } from '../../../src/nn/create-model.ts';
import { Random } from '../../../src/random/random.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { evaluate } from '../../../src/train/evaluate.ts';
import { recomputeNorms } from '../../../src/train/recompute-norms.ts';
import { restHead } from '../../../src/train/rest-head.ts';
import { whitenFirst } from '../../../src/train/whiten.ts';
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

test('what recipes say was measured is what the files of docs/measured say', async () => {
  const folder = new URL('../docs/measured/', SOURCE_FOLDER);
  const files = (await readdir(folder)).filter((name) => /^train-.*\.json$/.test(name));
  assert.ok(files.length >= 4);
  for (const file of files) {
    const { config, ann, seconds } = JSON.parse(await readFile(new URL(file, folder), 'utf8')) as {
      readonly config: { readonly recipe: string; readonly resume: boolean };
      readonly ann: { readonly accuracy: number };
      readonly seconds: number;
    };
    const { measured } = TRAINING_RECIPES.find(({ name }) => name === config.recipe)!;
    assert.equal(measured?.accuracy, ann.accuracy, file);
    // of a run in several sittings the file has the time of the last one
    const more = measured.minutes - seconds / 60;
    assert.ok(config.resume ? more >= 0 : Math.abs(more) < 1, `${file}: ${measured.minutes} minutes`);
  }
});

test('a recipe that starts from a network stands after the one that makes it', () => {
  const made: string[] = [];
  for (const { name, run } of TRAINING_RECIPES) {
    if (run.from) assert.ok(made.includes(run.from), `${name} starts from ${run.from}`);
    made.push(`runs/${name}.safetensors`);
  }
});

test('a threshold ReLU begins the fast course as the same function, but for a constant for each class (L20)', () => {
  const runtime = createRuntime();
  try {
    const random = Random.seeded(3).fork('images');

    const [count, classes] = [60, 10];
    const images = Uint8Array.from({ length: count * 32 * 32 * 3 }, () => random.integer(256));
    const dataset: Dataset = {
      ...{ name: 'noise', shape: [32, 32, 3], classes, classNames: [], synthetic: true, images, count },
      ...{ labels: new Uint8Array(count), ...pixelStatistics(images, 3) },
    };
    const logitsOf = (name: string): Float32Array => {
      const run = { ...recipeRun(name), width: 0.0625 };
      const { shift, balanced, dirac, headScale, normScale, frozenFirst } = run;
      const initial = { shift, balanced, dirac, headScale, normScale, shiftFirst: frozenFirst };
      const model = createModel(runtime.heap, architectureOf(run, null, dataset), Random.seeded(1), initial);
      whitenFirst(model, dataset, normScale);
      recomputeNorms(runtime, model, dataset, { seed: 1, batchSize: count, continuous: true });
      if (run.restHead) restHead(model).tie();
      return evaluate(runtime, model, dataset, { continuous: true }).logits;
    };
    const [moved, plain] = [logitsOf('cifar-fast-strelu'), logitsOf('cifar-fast-trelu')];
    const reading = logitsOf('cifar-fast-strelu-rest');
    let most = 0;
    for (let i = 0; i < moved.length; i++) {
      const c = i % classes;
      // the first image's difference is the constant
      const [a, b] = [moved[i]! - moved[c]!, plain[i]! - plain[c]!];
      most = Math.max(most, Math.abs(a));
      assert.ok(Math.abs(a - b) < 2e-3 * Math.max(1e-2, Math.abs(a)), `${i}: ${a}, ${b}`);
    }
    assert.ok(most > 0.01, `${most}`); // images differ
    // with a last layer that reads what is sent above the rest there is no constant
    for (const [i, a] of reading.entries())
      assert.ok(
        Math.abs(a - plain[i]!) < 2e-3 * Math.max(1e-2, Math.abs(a)),
        `${i}: ${a}, ${plain[i]}, at rest`,
      );
  } finally {
    runtime.close();
  }
});
