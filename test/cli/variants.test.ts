/** @file int8 weights, early stop and balls on the command line: what they say of a run is what that run did. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { saveModel } from '../../src/io/model-file.ts';
import { saveSnn } from '../../src/io/snn-file.ts';
import { joinPortions } from '../../src/lab/simulate/join-portions.ts';
import type { SimulatedSteps } from '../../src/lab/simulate/simulate-steps.ts';
import { compareStop, compareWeights } from '../../src/lab/simulate/variant-cost.ts';
import { BallTally } from '../../src/lab/verify/ball-tally.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { certifyBall } from '../../src/proof/bounds/certify-ball.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { wiringOf } from '../../src/snn/wiring.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';
import { inFolder, strelu } from './spawn.ts';

const seed = fc.integer({ min: 1, max: 1_000_000 });

test('portions with early stop give what they give at once, steps and overload included', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 2, max: 6 }), fc.nat(), (seed, images, cut) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      const all = randomImages(trained, images, seed);
      const size = all.length / images;
      const at = 1 + (cut % (images - 1));
      const run = (from: number, to: number) =>
        simulate(snn, all.slice(from * size, to * size), { steps: 4, stop: { rule: 'margin', margin: 1 } });
      const whole = run(0, images);
      const joined = joinPortions([run(0, at), run(at, images)]);
      assert.deepEqual(joined.stopped, whole.stopped);
      assert.deepEqual(joined.logits, whole.logits);
      joined.layers.forEach(({ overload }, l) => {
        assert.ok(Math.abs(overload - whole.layers[l]!.overload) < 1e-12);
      });
    }),
    { numRuns: 20 },
  );
});

/** A run of two steps with these classes, and accuracies that follow from the labels. */
function madeUp(
  classes: readonly (readonly number[])[],
  labels: readonly number[],
  stopped?: number[],
): SimulatedSteps {
  const accuracy = Object.fromEntries(
    classes.map((row, t) => [t + 1, (100 * row.filter((k, i) => k === labels[i]).length) / labels.length]),
  );
  return {
    report: { snn: { accuracy } } as unknown as SimulatedSteps['report'],
    spikesByLayer: {},
    classes: Object.fromEntries(classes.map((row, t) => [t + 1, row])),
    ...(stopped && { stopped: Int32Array.from(stopped) }),
  };
}

test('comparisons count points, classes and steps', () => {
  const labels = [1, 2, 3, 4];
  const original = madeUp(
    [
      [1, 2, 3, 0],
      [1, 2, 3, 4],
    ],
    labels,
  );
  const other = madeUp(
    [
      [1, 2, 3, 4],
      [1, 0, 0, 4],
    ],
    labels,
    [1, 2, 1, 2],
  );
  const weights = compareWeights(other, original, 'int8 per layer');
  assert.deepEqual(weights.lost, { 1: -25, 2: 50 });
  assert.deepEqual(weights.mismatchesByStep, { 1: 1, 2: 2 });
  assert.equal(weights.mismatches, 2);
  assert.deepEqual(compareStop(other, original, { rule: 'margin', margin: 3 }, 2), {
    rule: 'margin',
    margin: 3,
    heuristic: true,
    meanSteps: 1.5,
    stoppedEarly: 2,
    reference: 'full run',
    accuracy: 50,
    referenceAccuracy: 100,
    mismatches: 2,
  });
  assert.equal(compareStop(other, original, { rule: 'certain' }, 2).heuristic, false);
});

test('balls are counted as they are certified, fewer the wider they are', () => {
  let counted = 0;
  fc.assert(
    fc.property(seed, (seed) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      const image = randomImages(trained, 1, seed);
      const [claimed] = simulate(snn, image, { steps: 1 }).predictions;
      const found = [0.001, 0.1, 1000].map((radius) => {
        const tally = new BallTally(snn, radius, wiringOf(snn));
        tally.add(image, claimed!, claimed!);
        tally.add(image, claimed!, claimed! + 1);
        const { certified, certifiedRight, images } = tally.result;
        assert.equal(images, 2);
        assert.equal(certified, 2 * certifiedRight);
        assert.equal(certified === 2, certifyBall(snn, image, radius, claimed!).certified);
        return certified;
      });
      assert.ok(found[0]! >= found[1]! && found[1]! >= found[2]!);
      counted += found[0]!;
    }),
    { numRuns: 30 },
  );
  assert.ok(counted > 0 && counted < 60, `${counted} of 60`);
});

interface Answers {
  readonly snn: { readonly accuracy: Record<string, number> };
  readonly weights: {
    readonly format: string;
    readonly accuracy: Record<string, number>;
    readonly referenceAccuracy: Record<string, number>;
    readonly mismatches: number;
  };
  readonly stop: {
    readonly meanSteps: number;
    readonly mismatches: number;
    readonly heuristic: boolean;
    readonly accuracy: number;
  };
  readonly ball: { readonly images: number; readonly certified: number; readonly radius: number };
}

test('simulate --weights, --stop and verify --ball: printed, and in the result file', async () => {
  await inFolder(async (path) => {
    const runtime = createRuntime();
    const architecture = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu', width: 0.25 });
    const model = createModel(runtime.heap, architecture, Random.seeded(1));
    const network = exportNetwork(model, { dataset: 'strokes', seed: 1 });
    runtime.close();
    const { snn } = convert(network, { method: 'strelu', neuron: 'half' });
    await saveModel(path('m'), network);
    await saveSnn(path('s'), snn);
    await saveSnn(path('t'), convert(network, { method: 'strelu', neuron: 'tracer' }).snn);
    const run = async (name: string, words: string[]): Promise<{ stdout: string; result: Answers }> => {
      const common = ['--limit', '20', '--steps', '2,5', '--workers', '1', '--quiet', '--json', path(name)];
      const { status, stdout, stderr } = await strelu([...words, ...common]);
      assert.equal(status, 0, stdout + stderr);
      return { stdout, result: JSON.parse(await readFile(path(name), 'utf8')) as Answers };
    };
    const [both, margin, settling, ball] = await Promise.all([
      run('1', ['simulate', path('s'), '--weights', 'int8', '--stop', 'certain']),
      run('2', ['simulate', path('s'), '--stop', 'margin', '--margin', '0']),
      run('3', ['simulate', path('t'), '--weights', 'int8-layer']),
      run('4', ['verify', path('m'), path('s'), '--ball', '1e-6']),
    ]);
    assert.equal(both.result.weights.format, 'int8 per channel');
    assert.match(both.stdout, /T {2}int8 per channel % {2}float32 % {2}points lost/);
    assert.equal(both.result.stop.mismatches, 0);
    assert.equal(both.result.stop.accuracy, both.result.weights.accuracy['5']);
    assert.match(both.stdout, /early stop \(certain\): \d\.\d\d of 5 steps on average/);

    // a lead of more than 0 is there from the first step on, but for ties
    assert.ok(margin.result.stop.heuristic && margin.result.stop.meanSteps < 2);
    assert.equal(margin.result.stop.accuracy, margin.result.snn.accuracy['5']);
    assert.match(margin.stdout, /early stop \(margin 0, a heuristic\): 1\./);
    assert.ok(!('weights' in margin.result));

    assert.equal(settling.result.weights.format, 'int8 per layer');
    assert.deepEqual(Object.keys(settling.result.weights.referenceAccuracy), ['2', '5']);

    const { radius, images, certified } = ball.result.ball;
    assert.deepEqual([radius, images], [1e-6, 20]);
    assert.ok(certified > 0 && certified <= 20);
    assert.match(ball.stdout, new RegExp(`${certified} of 20 images, \\d+ of them in their right class`));

    const refused = await strelu(['simulate', path('t'), '--stop', 'certain', '--quiet']);
    assert.equal(refused.status, 2);
    assert.match(
      refused.stderr,
      /^strelu: stop: .* in schedule streaming only, found settling; use schedule streaming$/m,
    );
  });
});
