/** @file The tables behind `compare`: every contender can be made, every training is a run of `train`, hashes are of content. */
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseBaseline } from '../../../src/cli/commands/compare.ts';
import { METHOD_OPTION } from '../../../src/cli/options/contenders.ts';
import { refuseUseless } from '../../../src/cli/options/refuse-useless.ts';
import { RUN_OPTIONS } from '../../../src/cli/options/training.ts';
import { CONVERSION_METHODS, methodNamed } from '../../../src/convert/methods/index.ts';
import { DATASET_NAMES } from '../../../src/io/open-dataset.ts';
import { cached, cachePath, configHash } from '../../../src/lab/compare/cache.ts';
import { BASELINES, CONTENDERS } from '../../../src/lab/compare/contenders.ts';
import { TRAININGS, trainingRun } from '../../../src/lab/compare/trainings.ts';
import { recordOf, runOf } from '../../../src/lab/training/run-record.ts';
import { trainCommand } from '../../../src/lab/training/train-command.ts';
import { neuronNamed } from '../../../src/snn/neurons/index.ts';
import { integer } from '../../../src/terminal/options.ts';
import { parseOptions } from '../../../src/terminal/parse.ts';
import { inFolder } from '../../cli/spawn.ts';

test('every contender: a training whose activation its method takes, a neuron that the method has', () => {
  assert.equal(new Set(CONTENDERS.map(({ id }) => id)).size, CONTENDERS.length);
  assert.equal(new Set(CONTENDERS.map(({ title }) => title)).size, CONTENDERS.length);
  for (const contender of CONTENDERS) {
    const training = TRAININGS.find(({ id }) => id === contender.training)!;
    const method = methodNamed(contender.method);
    assert.ok(method.activations.includes(training.run.activation!), contender.id);
    const neuron = neuronNamed(contender.neuron);
    assert.ok(method.neurons.includes(neuron), contender.id);
    assert.ok(contender.schedule === 'layered' || neuron.settling, contender.id);
  }
  for (const method of CONVERSION_METHODS)
    assert.ok(
      CONTENDERS.some((contender) => contender.method === method.name),
      method.name,
    );
  for (const { id } of TRAININGS)
    assert.ok(
      CONTENDERS.some((contender) => contender.training === id),
      id,
    );
  for (const id of BASELINES) assert.ok(CONTENDERS.find((contender) => contender.id === id)!.ours);
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
        const { values, given } = parseOptions(trainCommand(recordOf(run)).split(' ').slice(2), table);
        assert.deepEqual(runOf(values), run);
        refuseUseless(values, given);
        const common = Object.keys(run).filter((name) => !TRAININGS.some((training) => name in training.run));
        for (const name of common as (keyof typeof run)[]) assert.equal(run[name], runs[0]![name]);
        if (chosen.epochs !== null) assert.equal(run.epochs, chosen.epochs);
      }
    }),
    { numRuns: 20 },
  );
});

test('names of methods: each once, in the order of the table; a slip names the near ones', () => {
  assert.deepEqual(METHOD_OPTION.parse('strelu-half,qcfs,strelu-half'), ['qcfs', 'strelu-half']);
  assert.throws(() => METHOD_OPTION.parse('qfcs'), /unknown contender "qfcs"; did you mean qcfs\?/);
  assert.throws(() => METHOD_OPTION.parse(''), /unknown contender ""/);
});

test('the baseline is one of ours, fixed beforehand, and compared', () => {
  assert.equal(chooseBaseline(CONTENDERS, null), 'strelu-grid-half');
  assert.equal(chooseBaseline(CONTENDERS, 'qcfs'), 'qcfs');
  const without = CONTENDERS.filter(({ training }) => training !== 'strelu-grid');
  assert.equal(chooseBaseline(without, null), 'strelu-half');
  assert.throws(() => chooseBaseline(without, 'strelu-grid-half'), /is not among --methods/);
  const rivals = CONTENDERS.filter(({ ours }) => !ours);
  assert.throws(() => chooseBaseline(rivals, null), /--methods needs one of ours/);
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
