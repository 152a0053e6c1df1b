/** @file `compare` from start to end: the same comparison from any number of workers, from the cache, and after being killed. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Comparison } from '../../src/report/comparison.ts';
import { type OverSeeds, overSeeds } from '../../src/report/seeds/over-seeds.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

interface Json {
  readonly command: string;
  readonly config: Record<string, unknown>;
  readonly comparison: Comparison;
  readonly trainings: Record<string, string>;
  readonly cached: number;
  readonly overSeeds?: OverSeeds;
  readonly trainingsBySeed?: Record<string, Record<string, string>>;
}

const CONTENDERS = 'relu-calibrated,qcfs,strelu-half,strelu-tracer';
const TINY = [
  ...['compare', '--methods', CONTENDERS, '--width', '0.1', '--epochs', '2', '--train-limit', '192'],
  ...['--limit', '12', '--steps', '1,2,4', '--anatomy', '3'],
];

test('one comparison: for 1 and 2 workers, from the cache, and with two interruptions on the way', async () => {
  await inFolder(async (path) => {
    const compare = async (name: string, cache: string, ...more: string[]): Promise<Json> => {
      const words = [...TINY, '--cache', path(cache), '--json', path(name), ...more];
      const { status, stderr, stdout } = await strelu(words);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^stReLU half +\d/m);
      return JSON.parse(await readFile(path(name), 'utf8')) as Json;
    };
    const broken = (at: string) =>
      strelu([...TINY, '--cache', path('b'), '--workers', '1'], { interruptAt: at });

    const [first, training] = await Promise.all([
      compare('1.json', 'a', '--workers', '1', '--quiet', '--markdown', path('table.md')),
      broken('network relu: epoch 1/2'),
    ]);
    assert.equal(training.status, 130, training.stderr);
    const left = (await readdir(path('b'))).filter((name) => name.endsWith('.safetensors'));
    assert.equal(left.length, 1);
    assert.match(left[0]!, /^relu-[0-9a-f]{20}\.checkpoint\.safetensors$/);

    const measuring = await broken('2/4 QCFS: ANN');
    assert.equal(measuring.status, 130, measuring.stderr);
    assert.match(measuring.stderr, /network relu: resumes at step [1-9]\d* of \d+/);
    const [cached, ended] = await Promise.all([
      compare('2.json', 'a', '--workers', '2', '--quiet'),
      compare('3.json', 'b', '--workers', '2', '--quiet'),
    ]);

    assert.equal(first.cached, 0);
    assert.equal(cached.cached, 4);
    assert.ok(ended.cached >= 2, `${ended.cached}`);
    assert.equal(JSON.stringify(cached.comparison), JSON.stringify(first.comparison));
    assert.equal(JSON.stringify(ended.comparison), JSON.stringify(first.comparison));
    const networks = async (cache: string) =>
      Promise.all(
        (await readdir(path(cache)))
          .filter((name) => name.endsWith('.safetensors'))
          .map((name) => readFile(path(`${cache}/${name}`))),
      );
    assert.deepEqual(await networks('b'), await networks('a'));
    assert.equal((await networks('a')).length, 3);

    // each contender in a process of its own, two at a time
    const inJobs = await compare('5.json', 'c', '--jobs', '2', '--quiet');
    assert.equal(inJobs.cached, 0);
    assert.equal(JSON.stringify(inJobs.comparison), JSON.stringify(first.comparison));
    assert.deepEqual(inJobs.trainings, first.trainings);
    assert.deepEqual(await networks('c'), await networks('a'));
    assert.ok(!(await readdir(path('c'))).includes('jobs'), 'every job is done, and nothing is left of it');
    // all in the cache: no process is begun
    const again = await strelu([...TINY, '--cache', path('c'), '--json', path('10.json'), '--jobs', '2']);
    assert.doesNotMatch(again.stderr, /^\d\/\d \S+: done/m);
    const { cached: inCache, comparison } = JSON.parse(await readFile(path('10.json'), 'utf8')) as Json;
    assert.deepEqual([inCache, JSON.stringify(comparison)], [4, JSON.stringify(first.comparison)]);

    // of this seed: the only one that is there yet
    const trained = async (name: string) =>
      (await readdir(path('a'))).filter(
        (file) => file.startsWith(`${name}-`) && file.endsWith('.safetensors'),
      );
    const [own] = (await trained('qcfs')) as [string];

    checkKeys(first);
    const markdown = await readFile(path('table.md'), 'utf8');
    assert.match(markdown, /^\| stReLU half \|/m);
    assert.doesNotMatch(markdown, /NaN|undefined/);

    // with several seeds each is the comparison of that seed, here one from the cache; pairs and verdicts are over both
    const second = await compare('6.json', 'a', '--seed', '2', '--quiet');
    const both = await compare('7.json', 'a', '--seeds', '2,1', '--quiet', '--markdown', path('seeds.md'));
    assert.equal(both.cached, 8);
    const runs = [first, second].map(({ comparison }, i) => ({ seed: i + 1, comparison }));
    assert.deepEqual(both.overSeeds, overSeeds(runs));
    assert.deepEqual(both.trainings, first.trainings);
    assert.deepEqual(both.trainingsBySeed, { 1: first.trainings, 2: second.trainings });
    assert.ok(both.comparison.contenders.every((contender) => !('right' in contender)));
    assert.match(await readFile(path('seeds.md'), 'utf8'), /^\| stReLU tracer, exact \|/m);
    // the cache has the first seed from before: the jobs are those of the second
    const seedsInJobs = await compare('8.json', 'c', '--seeds', '1,2', '--jobs', '2', '--quiet');
    assert.deepEqual([seedsInJobs.cached, seedsInJobs.overSeeds], [4, both.overSeeds]);
    const oneInJobs = await compare('9.json', 'c', '--seeds', '2', '--jobs', '2', '--quiet');
    assert.deepEqual([oneInJobs.cached, oneInJobs.config.seed], [4, 2]);
    assert.equal(JSON.stringify(oneInJobs.comparison), JSON.stringify(second.comparison));

    // a network of one's own is used as it is: here the one that is there for QCFS
    await writeFile(path('qcfs.safetensors'), await readFile(path(`a/${own}`)));
    const mixed = await compare('4.json', 'a', '--networks', path('.'), '--quiet');
    assert.equal(mixed.cached, 4);
    assert.equal(mixed.trainings.qcfs, `${path('qcfs.safetensors')}: ${first.trainings.qcfs}`);

    // with several seeds each has its own
    const [other] = (await trained('qcfs')).filter((name) => name !== own) as [string];
    for (const [seed, name] of [own, other].entries()) {
      await mkdir(path(`own/seed-${seed + 1}`), { recursive: true });
      await copyFile(path(`a/${name}`), path(`own/seed-${seed + 1}/qcfs.safetensors`));
    }
    const ownSeeds = ['--seeds', '1,2', '--networks', path('own'), '--quiet'];
    const owned = await compare('11.json', 'f', ...ownSeeds, '--jobs', '2');
    assert.deepEqual([owned.cached, owned.overSeeds], [0, both.overSeeds]);
    await rm(path('own/seed-2/qcfs.safetensors'));
    await copyFile(path(`a/${(await trained('strelu'))[0]}`), path('own/seed-2/strelu.safetensors'));
    const refuses = async (message: RegExp): Promise<void> => {
      const { status, stderr } = await strelu([...TINY, '--cache', path('f'), ...ownSeeds]);
      assert.match(stderr, message);
      assert.equal(status, 2);
    };
    await refuses(/seed-2: expected networks for the same trainings as in \S+seed-1 \(qcfs\), found strelu/);
    await rm(path('own/seed-2/strelu.safetensors'));
    await refuses(/seed-2 would change nothing: .*found none; with --seeds each seed has a folder/);
    await copyFile(path(`a/${own}`), path('own/seed-2/qcfs.safetensors'));
    await refuses(/seed-2\S+: expected the network of another seed, found that of \S+seed-1/);

    await writeFile(path('relu.safetensors'), await readFile(path(`a/${own}`)));
    const { status, stderr } = await strelu([
      ...TINY,
      '--cache',
      path('a'),
      '--networks',
      path('.'),
      '--quiet',
    ]);
    assert.equal(status, 1);
    assert.match(stderr, /relu\.safetensors: expected a network with relu, found qcfs; its name says/);
  });
});

/** What the file says fits together. */
function checkKeys({ command, config, comparison, trainings }: Json): void {
  assert.equal(command, 'compare');
  assert.equal(config.reference, 'strelu-half');
  assert.equal(config.epochs, 2);
  assert.deepEqual(Object.keys(trainings), ['relu', 'qcfs', 'strelu']);
  assert.match(trainings.qcfs!, /^strelu train .*--activation qcfs --levels 8 .*--seed 1$/);
  const { contenders, steps, images, raster, bestAnn, baseline } = comparison;
  assert.deepEqual([steps, images, baseline], [[1, 2, 4], 12, 'strelu-half']);
  assert.deepEqual(
    contenders.map(({ id }) => id),
    CONTENDERS.split(','),
  );
  assert.equal(bestAnn, Math.max(...contenders.map(({ annAccuracy }) => annAccuracy)));
  for (const contender of contenders) {
    const byStep = [contender.accuracy, contender.spikesPerNeuron, contender.operations.snnAc];
    for (const values of byStep) assert.deepEqual(Object.keys(values), ['1', '2', '4']);
    assert.equal('latency' in contender, contender.id === 'strelu-tracer');
    assert.equal(contender.anatomy!.length, 3);
    assert.ok(contender.anatomy!.every((layer) => layer.images === 3 && layer.steps === 8));
    const needed = contender.needed.own['0.5'] ?? null;
    assert.equal(contender.zeros?.steps ?? null, needed);
    assert.ok(needed === null || (contender.zeros!.images === 12 && contender.zeros!.macShare <= 1));
    const values = contender.neuron === 'unipolar' ? 1 : 2; // one-sided, or of both signs
    if (contender.zeros)
      assert.equal(contender.zeros.bits, Math.ceil(Math.log2(values * contender.zeros.steps + 1)));
    const layers = Object.values(contender.spikesByLayer);
    assert.equal(layers.length, 3);
    for (const spikes of layers) assert.equal(spikes.length, 3);
    // each layer counts as many times as it has neurons
    const neurons = contender.anatomy!.map((layer) => layer.neurons);
    const total = neurons.reduce((a, b) => a + b);
    steps.forEach((t, i) => {
      const mean = layers.reduce((sum, spikes, l) => sum + (spikes[i]! * neurons[l]!) / total, 0);
      assert.ok(Math.abs(mean - contender.spikesPerNeuron[t]!) < 1e-9);
    });
  }
  assert.equal(raster!.steps, 16);
  for (const { neurons, spikes } of raster!.layers) {
    assert.ok(neurons <= 128);
    for (const [t, neuron, s] of spikes)
      assert.ok(t >= 1 && t <= 16 && neuron >= 0 && neuron < neurons && (s === 1 || s === -1));
  }
}

test('wrong usage of compare: exit 2, one line', async () => {
  const refuses = async (words: string[], message: RegExp): Promise<void> => {
    const { status, stdout, stderr } = await strelu(['compare', '--quiet', ...words]);
    assert.match(stderr, message);
    assert.equal(stdout, '');
    assert.equal(status, 2);
  };
  await inFolder(async (path) => {
    await Promise.all([
      refuses(['--methods', 'qcfs'], /--methods: expected one that ratios are taken against/),
      refuses(
        ['--methods', 'strelu-haf'],
        /--methods: unknown contender "strelu-haf"; did you mean strelu-half/,
      ),
      refuses(['--reference', 'strelu-tracer'], /--reference: unknown value "strelu-tracer"/),
      refuses(['--jobs', '2', '--fresh'], /--jobs: expected no --fresh beside it/),
      refuses(['--seeds', '1,2', '--seed', '3'], /--seeds: expected no --seed beside it/),
      refuses(['--seeds', '1,2', '--networks', path('.')], /networks \S+seed-1 would change nothing/),
      refuses(['--networks', path('.')], /would change nothing: expected one of relu\.safetensors, /),
    ]);
    assert.deepEqual(await readdir(path('.')), []);
  });
});
