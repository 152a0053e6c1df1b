/** @file The tables behind `compare`: every method can be made, every training is a run of `train`, hashes are of content. */
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { METHOD_OPTION } from '../../src/cli/options/method.ts';
import { refuseUseless } from '../../src/cli/options/refuse-useless.ts';
import { RUN_OPTIONS } from '../../src/cli/options/training.ts';
import { TRAININGS, trainingRun, trainingWords } from '../../src/cli/training/trainings.ts';
import { RECIPES, recipeNamed } from '../../src/convert/methods/index.ts';
import { DATASET_NAMES } from '../../src/io/open-dataset.ts';
import { cached, cachePath, configHash } from '../../src/lab/compare/cache.ts';
import { METHODS, REFERENCES, referenceAmong } from '../../src/lab/compare/methods.ts';
import { settles } from '../../src/snn/neuron.ts';
import { integer } from '../../src/terminal/options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { inFolder } from './spawn.ts';

test('every method: a training whose activation its recipe takes, a neuron that the recipe has', () => {
  assert.equal(new Set(METHODS.map(({ id }) => id)).size, METHODS.length);
  assert.equal(new Set(METHODS.map(({ title }) => title)).size, METHODS.length);
  for (const method of METHODS) {
    const training = TRAININGS.find(({ id }) => id === method.training)!;
    const recipe = recipeNamed(method.recipe);
    assert.ok(recipe.activations.includes(training.options.activation!), method.id);
    assert.ok(recipe.neurons.includes(method.neuron), method.id);
    assert.ok(method.schedule === 'layered' || settles(method.neuron), method.id);
  }
  for (const recipe of RECIPES)
    assert.ok(
      METHODS.some((method) => method.recipe === recipe.name),
      recipe.name,
    );
  for (const { id } of TRAININGS)
    assert.ok(
      METHODS.some((method) => method.training === id),
      id,
    );
  for (const id of REFERENCES) assert.ok(METHODS.find((method) => method.id === id)!.ours);
});

test('every training is what `train` makes of its words, none of them useless; all share the course', () => {
  const numbers = fc.record({
    epochs: fc.option(fc.integer({ min: 1, max: 9 })),
    width: fc.option(fc.integer({ min: 1, max: 8 }).map((eighths) => eighths / 8)),
    limit: fc.option(fc.integer({ min: 1, max: 9 })),
    seed: fc.nat(9),
    model: fc.option(fc.constantFrom('lenet' as const, 'vgg11' as const)),
  });
  fc.assert(
    fc.property(fc.constantFrom(...DATASET_NAMES), numbers, (dataset, chosen) => {
      const runs = TRAININGS.map((training) => trainingRun(training, { dataset, ...chosen }));
      for (const run of runs) {
        const table = { ...RUN_OPTIONS, seed: integer(1, '') };
        const { values, given } = parseOptions(trainingWords(run).split(' '), table);
        assert.deepEqual(values, run);
        refuseUseless(values, given);
        const common = Object.keys(run).filter((name) => !TRAININGS.some(({ options }) => name in options));
        for (const name of common as (keyof typeof run)[]) assert.equal(run[name], runs[0]![name]);
        if (chosen.epochs !== null) assert.equal(run.epochs, chosen.epochs);
      }
    }),
    { numRuns: 20 },
  );
});

test('names of methods: each once, in the order of the table; a slip names the near ones', () => {
  assert.deepEqual(METHOD_OPTION.parse('strelu-half,qcfs,strelu-half'), ['qcfs', 'strelu-half']);
  assert.throws(() => METHOD_OPTION.parse('qfcs'), /unknown method "qfcs"; did you mean qcfs\?/);
  assert.throws(() => METHOD_OPTION.parse(''), /unknown method ""/);
});

test('the reference is one of ours, fixed beforehand, and compared', () => {
  assert.equal(referenceAmong(METHODS, null), 'strelu-grid-half');
  assert.equal(referenceAmong(METHODS, 'qcfs'), 'qcfs');
  const without = METHODS.filter(({ training }) => training !== 'strelu-grid');
  assert.equal(referenceAmong(without, null), 'strelu-half');
  assert.throws(() => referenceAmong(without, 'strelu-grid-half'), /is not among --methods/);
  const rivals = METHODS.filter(({ ours }) => !ours);
  assert.throws(() => referenceAmong(rivals, null), /--methods needs one of ours/);
});

const json = fc.dictionary(
  fc.string(),
  fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.nat())),
  {
    noNullPrototype: true,
  },
);

test('a hash is of the content of a configuration, not of the order of its keys', () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      const turned = Object.fromEntries(Object.entries(a).reverse());
      assert.equal(configHash(turned), configHash(a));
      const same = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
      assert.equal(configHash(a) === configHash(b), same);
    }),
  );
});

test('what is kept is read, not computed again: unless fresh, damaged, or of another configuration', async () => {
  await inFolder(async (path) => {
    const cache = { folder: path('cache'), fresh: false };
    const notes: string[] = [];
    let computed = 0;
    const ask = (config: Record<string, unknown>, fresh = false) =>
      cached(
        { ...cache, fresh },
        'name',
        config,
        async () => ({ n: ++computed }),
        (line) => notes.push(line),
      );
    assert.deepEqual(await ask({ a: 1 }), { value: { n: 1 }, hit: false });
    assert.deepEqual(await ask({ a: 1 }), { value: { n: 1 }, hit: true });
    assert.deepEqual(await ask({ a: 2 }), { value: { n: 2 }, hit: false });
    assert.deepEqual(await ask({ a: 1 }, true), { value: { n: 3 }, hit: false });
    assert.deepEqual(await ask({ a: 1 }), { value: { n: 3 }, hit: true });
    assert.equal((await readdir(cache.folder)).length, 2);

    const file = cachePath(cache, 'name', { a: 1 }, 'json');
    const text = await readFile(file, 'utf8');
    for (const [i, broken] of [
      text.slice(0, -9),
      text.replace('"n": 3', '"n": 4'),
      text.replace('"a": 1', '"a": 2'),
      'null',
    ].entries()) {
      assert.notEqual(broken, text);
      await writeFile(file, broken);
      assert.deepEqual(await ask({ a: 1 }), { value: { n: 4 + i }, hit: false });
      assert.equal(notes.length, i + 1);
      assert.match(notes[i]!, /damaged, or of another configuration; computed anew/);
    }
  });
});
