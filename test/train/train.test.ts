import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createModel } from '../../src/nn/create-model.ts';
import type { Model } from '../../src/nn/model.ts';
import { Random } from '../../src/random/random.ts';
import type { Runtime } from '../../src/runtime.ts';
import type { Checkpoint } from '../../src/train/checkpoint.ts';
import type { TrainOptions } from '../../src/train/options.ts';
import { train, trainInParts } from '../../src/train/train.ts';
import { bars, referenceRuntime, SMALL_OPTIONS, smallNetwork } from './small.ts';

const DATA = { train: bars(96, 1), test: bars(30, 2) };

function run(options: TrainOptions, stopAt = Number.POSITIVE_INFINITY, resume?: Checkpoint): Checkpoint {
  const runtime: Runtime = referenceRuntime();
  const model: Model = createModel(runtime.heap, smallNetwork(), Random.seeded(options.seed));
  let last: Checkpoint | undefined;
  for (const event of train(runtime, model, DATA, options, resume)) {
    last = event.checkpoint();
    if (event.step >= stopAt) break;
  }
  assert.ok(last);
  return last;
}

const learned = ({ tensors, curve }: Checkpoint): unknown => ({
  tensors: [...tensors],
  curve: curve.map(({ imagesPerSecond: _, ...summary }) => summary),
});

test('the same options give the same bits; another seed gives others', () => {
  const once = learned(run(SMALL_OPTIONS));
  assert.deepEqual(learned(run(SMALL_OPTIONS)), once);
  assert.notDeepEqual(learned(run({ ...SMALL_OPTIONS, seed: 2 })), once);
});

test('a run that stopped at any step and was resumed ends with the same bits as one that never stopped', () => {
  for (const optimizer of ['sgd', 'adam', 'muon'] as const) {
    const ema = optimizer === 'adam' ? 0.9 : 0;
    const options = { ...SMALL_OPTIONS, optimizer, ema, learningRate: optimizer === 'adam' ? 0.005 : 0.02 };
    const whole = learned(run(options));
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(12, 23), fc.integer({ min: 1, max: 23 })), (stopAt) => {
        const checkpoint = run(options, stopAt);
        assert.deepEqual(learned(run(options, undefined, checkpoint)), whole);
      }),
      { numRuns: 6 },
    );
  }
});

test('a run that was stopped in the test after an epoch, and resumed, tests first, and ends with the same bits', () => {
  const options = { ...SMALL_OPTIONS, ema: 0.9 };
  const whole = learned(run(options));
  for (const stopAt of [12, 24]) {
    const runtime = referenceRuntime();
    const model = createModel(runtime.heap, smallNetwork(), Random.seeded(options.seed));
    let stopped: Checkpoint | undefined;
    for (const event of trainInParts(runtime, model, DATA, options))
      if (event.kind === 'testing' && event.step === stopAt) {
        stopped = event.checkpoint();
        break;
      }
    assert.equal(stopped!.curve.length, stopAt / 12 - 1);
    assert.deepEqual(learned(run(options, undefined, stopped)), whole);
  }
});

test('it learns: bars are told apart, and the loss falls', () => {
  const { curve } = run({ ...SMALL_OPTIONS, epochs: 4 });
  assert.ok(curve.at(-1)!.testAccuracy >= 90, `test accuracy ${curve.at(-1)!.testAccuracy}`);
  assert.ok(curve.at(-1)!.loss < curve[0]!.loss);
});

test('theta moves at its own rate, and stays where the rate is 0', () => {
  const theta = (checkpoint: Checkpoint): number => checkpoint.tensors.get('act1.theta')![0]!;
  assert.equal(theta(run({ ...SMALL_OPTIONS, thetaRate: 0, thetaDecay: 0.1 })), 1);
  assert.notEqual(theta(run(SMALL_OPTIONS)), 1);
});

test('1,000 steps do not grow the heap', () => {
  const runtime = referenceRuntime();
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
  const used: number[] = [];
  for (const event of train(runtime, model, DATA, { ...SMALL_OPTIONS, epochs: 84, learningRate: 1e-3 })) {
    if (event.kind === 'step') used.push(runtime.heap.used);
  }
  assert.ok(used.length > 1000);
  // 12 steps an epoch; at its end the memory of a step is given back, for the test
  assert.equal(used.at(-2), used[22]);
  assert.equal(used.at(-1), used[11]);
  assert.ok(used.at(-1)! < used.at(-2)!);
});

test('a loss that is no number stops training and names step and layer', () => {
  const runtime = referenceRuntime();
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
  model.tensors.get('linear1.weight')!.data[5] = Number.NaN;
  assert.throws(
    () => [...train(runtime, model, DATA, SMALL_OPTIONS)],
    /^InputError: training: the loss is NaN at step 1 of 24, first in layer linear1; lower the learning rate \(now 0.02\)/,
  );
});

test('a checkpoint of another network is refused and changes nothing', () => {
  const checkpoint = run(SMALL_OPTIONS, 1);
  const tensors = new Map(checkpoint.tensors);
  tensors.set('linear1.bias', new Float32Array(2));
  assert.throws(
    () => run(SMALL_OPTIONS, 1, { ...checkpoint, tensors }),
    /linear1.bias should have 3 values, found 2/,
  );
  const averaged = run({ ...SMALL_OPTIONS, ema: 0.9 }, 1);
  assert.throws(
    () => run({ ...SMALL_OPTIONS, ema: 0.9 }, 1, checkpoint),
    /average.conv1.weight .* found none/,
  );
  assert.throws(() => run(SMALL_OPTIONS, 1, averaged), /average.conv1.weight belongs to no part of this run/);
});
