/** @file From a trained network to its place in datasets/pretrained/ and to the table of results, on a few drawn digits. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { type NetworksOrigin, type RunOrigin, withRun } from '../../bench/origins.ts';
import { headlineRows } from '../../bench/results/headline.ts';
import { main } from '../../bench/results/main.ts';
import type { NetworkResult } from '../../bench/results/measure.ts';
import { pack } from '../../bench/results/pack.ts';
import { STEPS } from '../../bench/results/simulations.ts';
import { drawStrokes } from '../../src/data/strokes.ts';
import { loadModel, saveModel } from '../../src/io/model-file.ts';
import { type Pretrained, pretrainedFile, readPretrained } from '../../src/io/pretrained.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork, loadWeights } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { wilsonInterval } from '../../src/report/interval.ts';
import { createRuntime } from '../../src/runtime.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { TRAIN_DEFAULTS } from '../../src/train/options.ts';
import { train } from '../../src/train/train.ts';

const LIMIT = 40;

test('packed, then measured again: the same accuracy, an exact mode without a mismatch, nothing left out silently', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-results-'));
  const runtime = createRuntime();
  try {
    const architecture = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu', width: 0.5, levels: 4 });
    const model = createModel(runtime.heap, architecture, Random.seeded(1));
    const data = {
      train: drawStrokes({ count: 512, seed: 1, split: 'train' }),
      test: drawStrokes({ count: LIMIT, seed: 1, split: 'test' }),
    };
    for (const _ of train(runtime, model, data, { ...TRAIN_DEFAULTS, epochs: 2 }));
    const source = join(folder, 'trained.safetensors');
    const provenance = { dataset: 'strokes', seed: 1, recipe: 'strokes-lenet-strelu', epochs: 2, width: 0.5 };
    await saveModel(source, exportNetwork(model, provenance));

    const entry = await pack({ path: source, name: 'digits', folder, workers: 1, limit: LIMIT });
    assert.equal(
      entry.command,
      'strelu train --recipe strokes-lenet-strelu --width 0.5 --epochs 2 --seed 1 --out runs/digits.safetensors',
    );
    const packed = await loadModel(await pretrainedFile(folder, entry));
    const before = await readFile(source);
    assert.ok(entry.bytes < before.length * 0.7);
    assert.deepEqual(await readPretrained(folder), [entry]);
    const again = evaluate(runtime, loadWeights(runtime.heap, packed), data.test);
    assert.equal(again.accuracy, entry.accuracy.ann);
    assert.equal(packed.provenance.accuracy, entry.accuracy.ann);

    // one whose images are nowhere
    const lost: Pretrained = { ...entry, name: 'lost', dataset: 'mnist' };
    await writeFile(join(folder, 'index.json'), JSON.stringify({ networks: [entry, lost] }));
    const cache = ['--cache', join(folder, 'cache')];
    const words = [
      ...cache,
      '--dir',
      folder,
      '--limit',
      String(LIMIT),
      '--data',
      folder,
      '--workers',
      '1',
      '--quiet',
    ];
    let said = '';
    await main([...words, '--json', join(folder, 'r.json'), '--svg', join(folder, 'figures')], (text) => {
      said += `${text}\n`;
    });
    assert.match(said, /^Only the first 40 test images/);
    const result = JSON.parse(await readFile(join(folder, 'r.json'), 'utf8')) as {
      networks: NetworkResult[];
      missing: { name: string; reason: string }[];
      headline: unknown[];
    };
    const [digits] = result.networks;
    for (const name of ['strokes-steps', 'strokes-energy'])
      assert.match(
        await readFile(join(folder, 'figures', `${name}.svg`), 'utf8'),
        /digits, half, T = 8: [\d.]+ %/,
      );
    assert.equal(digits!.ann.accuracy, entry.accuracy.ann);
    assert.deepEqual(
      [digits!.exact!.mismatches, digits!.exact!.otherLogits, digits!.exact!.images],
      [0, 0, LIMIT],
    );
    assert.equal(digits!.exact!.accuracy, digits!.exact!.quantisedAccuracy);
    assert.deepEqual(Object.keys(digits!.snn), ['half', 'rest', 'half, settling', 'rest, settling', 'full']);
    const stepsOf: Record<string, string[]> = {
      rest: ['1', '2', '4', '8'],
      'half, settling': ['1', '2', '4'],
      'rest, settling': ['1', '2', '4'],
    };
    for (const [title, { accuracy }] of Object.entries(digits!.snn))
      assert.deepEqual(Object.keys(accuracy), stepsOf[title] ?? STEPS.map(String));
    // the exact modes say what the quantised network says
    for (const way of ['half, settling', 'rest, settling'])
      for (const [T, found] of Object.entries(digits!.snn[way]!.accuracy))
        assert.ok(Math.abs(found - digits!.quantised[T]!) <= 100 / LIMIT, `${way}, T = ${T}: ${found}`);
    if (process.env.STRELU_DATASETS === undefined) {
      assert.deepEqual(
        result.missing.map(({ name }) => name),
        ['lost'],
      );
      assert.match(said, /lost was not measured: mnist: not found/);
    }
    await main([...words, '--only', 'digits', '--json', join(folder, 'again.json')], () => {});
    const repeated = JSON.parse(await readFile(join(folder, 'again.json'), 'utf8')) as typeof result;
    assert.deepEqual(repeated.networks, [digits]);

    // into what was measured before: the others stay, this one takes its place
    const into = async (earlier: unknown): Promise<void> => {
      await writeFile(join(folder, 'earlier.json'), JSON.stringify(earlier));
      const merge = ['--into', join(folder, 'earlier.json'), '--json', join(folder, 'merged.json')];
      await main([...words, '--only', 'digits', ...merge], () => {});
    };
    const other = { ...digits!, name: 'lost' };
    const stale = { ...digits!, images: 1 };
    // what is no longer there goes
    await into({ ...result, networks: [stale, { ...digits!, name: 'gone' }, other] });
    const together = JSON.parse(await readFile(join(folder, 'merged.json'), 'utf8')) as typeof result;
    assert.deepEqual(together.networks, [digits, other]);
    const { version, date, machine } = result as unknown as RunOrigin;
    const run = { version, date, machine };
    const originsOf = (of: unknown) =>
      (of as { origins: NetworksOrigin[] }).origins.map(({ networks, completed }) => [networks, completed]);
    assert.deepEqual(originsOf(together), [
      [['lost'], undefined],
      [['digits'], undefined],
    ]);
    const { origins } = together as unknown as { readonly origins: NetworksOrigin[] };
    assert.deepEqual(origins[0], { ...run, networks: ['lost'] });
    assert.deepEqual(
      withRun(origins, { ...run, networks: ['lost'] }).map(({ networks }) => networks),
      [['digits'], ['lost']],
    );
    await into({ ...result, networks: [other] });
    const behind = JSON.parse(await readFile(join(folder, 'merged.json'), 'utf8')) as typeof result;
    assert.deepEqual(behind.networks, [other, digits]);
    const { macs, ann, ...rest } = digits!;
    const { continuous, ...gridded } = ann;
    const old = { ...rest, ann: gridded };
    const file = join(folder, 'earlier.json');
    const qcfs = { ...old, activation: 'qcfs' }; // which the usual method does not convert
    await writeFile(file, JSON.stringify({ ...result, networks: [old, qcfs] }));
    await main(
      [...words, '--only', 'lost', '--into', file, '--json', join(folder, 'counted.json')],
      () => {},
    );
    const counted = JSON.parse(await readFile(join(folder, 'counted.json'), 'utf8')) as typeof result;
    assert.ok(macs!.ann > macs!.snn);
    const free = evaluate(runtime, loadWeights(runtime.heap, packed), data.test, { continuous: true });
    assert.equal(continuous, free.accuracy);
    assert.deepEqual(counted.networks.slice(0, 2), [digits, qcfs]);
    await assert.rejects(
      () => into({ command: 'compare' }),
      /^InputError: --into .*: expected what npm run results/,
    );

    const kept = (await readdir(join(folder, 'cache'))).filter((name) => name.startsWith('digits-'));
    assert.equal(kept.length, 4 + Object.keys(digits!.snn).length);
    const { zeroSkipping } = digits!;
    assert.ok(zeroSkipping!.macShare > 0 && zeroSkipping!.macShare < 1);
    assert.ok(zeroSkipping!.energyRatio > digits!.snn['rest, settling']!.energyRatio[2]!);
    let partly = '';
    await main([...words, '--only', 'digits', '--aside', '10', '--json', join(folder, 'p.json')], (text) => {
      partly += text;
    });
    assert.match(partly, /\| images \|/);
    const { networks: part } = JSON.parse(await readFile(join(folder, 'p.json'), 'utf8')) as typeof result;
    const { half, full } = part[0]!.snn;
    assert.deepEqual([half!.images, full!.images, part[0]!.exact!.images], [LIMIT, 10, LIMIT]);
    assert.equal(half!.accuracy[8], digits!.snn.half!.accuracy[8]);
    await assert.rejects(
      main([...words, '--only', 'digit'], () => {}),
      /UsageError: --only digit: no such network; there are: digits, lost/,
    );
    await writeFile(join(folder, 'digits.safetensors'), before);
    await assert.rejects(
      main([...words, '--only', 'digits'], () => {}),
      /expected SHA-256/,
    );
  } finally {
    runtime.close();
    await rm(folder, { recursive: true, force: true });
  }
});

const made = (name: string, dataset: string, activation: NetworkResult['activation']): NetworkResult => ({
  ...{ name, dataset, activation, images: 10_000, command: '', spikePenalty: 0, levels: 4 },
  ann: { accuracy: 91, flippedAccuracy: 91 },
  quantised: {},
  snn: {
    rest: spiking(10_000, { 4: 90, 8: 91 }, { 4: 0.5, 8: 1 }),
    'rest, settling': spiking(10_000, { 2: 89 }, { 2: 0.25 }),
  },
  exact: null,
  zeroSkipping: { steps: 2, images: 100, macShare: 0.5, energyRatio: 0.5 },
});

const spiking = (images: number, accuracy: Record<number, number>, energyRatio: Record<number, number>) => ({
  ...{ images, accuracy, energyRatio, spikesPerNeuron: {} },
});

test('the headline: networks, ways and steps named beforehand, intervals, what is missing said so', () => {
  const named = made('cifar-fast-strelu-2', 'cifar-10', 'strelu');
  const better = {
    ...made('cifar-vgg8-better', 'cifar-10', 'strelu'),
    ann: { accuracy: 99, flippedAccuracy: 99 },
  };
  const rows = (results: readonly NetworkResult[]) =>
    headlineRows(results).filter(({ dataset }) => dataset === 'cifar-10');
  assert.deepEqual(
    rows([better, named]).map(({ reached }) => reached),
    [91, null, null, 89, 90, 91, 0.25, 0.5, null, null, null, null],
  );
  // 0.25 of 100 multiply-accumulates at 4.6, 10 of which are the SNN's: 69 / 0.9 accumulates
  const [, , , , , , , , eight, three] = rows([{ ...named, macs: { ann: 100, snn: 10 } }]);
  assert.deepEqual([eight!.reached!.toFixed(12), three!.what.includes('3-bit')], ['0.200000000000', true]);
  assert.equal(three!.reached!.toFixed(6), (4.6 / (0.23 * 10 + 0.105 * 90)).toFixed(6));
  const [ann, , beside, settled] = rows([named, made('cifar-vgg8-qcfs-long', 'cifar-10', 'qcfs')]);
  assert.deepEqual([ann!.interval, beside!.what], [wilsonInterval(91, 10_000), 'ANN as qcfs, %']);
  assert.equal(settled!.command, 'npm run results -- --only cifar-fast-strelu-2');
  const partly = { ...named, snn: { ...named.snn, rest: spiking(1000, { 4: 90, 8: 91 }, {}) } };
  assert.match(rows([partly])[5]!.what, /T = 8, % \(first 1000 images\)$/);
  assert.deepEqual(rows([partly])[5]!.interval, wilsonInterval(91, 1000));
  const latency = { mean: 3, most: 4 };
  const exact = {
    steps: 2,
    images: 1000,
    quantisedAccuracy: 90.5,
    accuracy: 90.5,
    mismatches: 0,
    otherLogits: 0,
    latency,
  };
  const [mismatches, onGrid] = rows([{ ...named, exact }]).slice(-2);
  assert.deepEqual([mismatches!.reached, onGrid!.reached], [0, 90.5]);
  assert.deepEqual(onGrid!.interval, wilsonInterval(90.5, 1000));
  assert.ok(headlineRows([]).every(({ reached }) => reached === null));
});
