import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createModel } from '../../src/nn/create-model.ts';
import { emptyModel } from '../../src/nn/model.ts';
import { exportNetwork, withModel } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { createAverage, decayAt } from '../../src/train/average.ts';
import type { Checkpoint } from '../../src/train/checkpoint.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { train } from '../../src/train/train.ts';
import { bars, referenceRuntime, SMALL_OPTIONS, smallNetwork } from './small.ts';

const DATA = { train: bars(96, 1), test: bars(30, 2) };

test('the decay grows from 1/10 to what was asked for, never beyond', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.11, max: 0.9999, noNaN: true }), fc.nat(100_000), (ema, step) => {
      assert.equal(decayAt(ema, 0), 0.1);
      assert.ok(decayAt(ema, step) <= decayAt(ema, step + 1) && decayAt(ema, step) <= ema);
      assert.equal(decayAt(ema, 10_000_000), ema);
    }),
  );
});

test('the average is the recurrence by its definition, of every tensor; a theta at rate 0 is copied', () => {
  const { heap } = referenceRuntime();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 6 }), (seed, steps) => {
      const random = Random.seeded(seed);
      const model = emptyModel(heap, smallNetwork());
      const average = createAverage(heap, model, { ema: 0.5, thetaRate: 0 });
      const expected = new Map([...model.tensors].map(([name, { data }]) => [name, Float32Array.from(data)]));
      for (let step = 0; step < steps; step++) {
        for (const [name, { data }] of model.tensors) {
          for (let i = 0; i < data.length; i++) data[i] = random.normal();
          const d = name.endsWith('.theta') ? 0 : Math.min(0.5, (1 + step) / (10 + step));
          const mean = expected.get(name)!;
          for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + (1 - d) * (data[i]! - mean[i]!);
        }
        average.update(step);
      }
      for (const [name, mean] of expected) {
        assert.deepEqual(Float32Array.from(average.model.tensors.get(name)!.data), mean, name);
        assert.equal(average.state.get(`average.${name}`), average.model.tensors.get(name));
      }
    }),
    { numRuns: 20 },
  );
});

test('the averaged weights are what is tested and kept; checkpoints keep the others too', () => {
  const runtime = referenceRuntime();
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
  let last: Checkpoint | undefined;
  // steps so wild that the average knows the classes better than the weights it is taken of
  const wild = { ...SMALL_OPTIONS, ema: 0.9, epochs: 1, learningRate: 1 };
  for (const event of train(runtime, model, DATA, wild)) last = event.checkpoint();
  const { tensors, curve } = last!;
  for (const [name, { data }] of model.tensors) {
    assert.deepEqual(Float32Array.from(data), tensors.get(`average.${name}`));
    if (!/act|mean|variance/.test(name))
      assert.notDeepEqual(tensors.get(name), tensors.get(`average.${name}`));
  }
  const { testAccuracy } = curve.at(-1)!;
  assert.equal(evaluate(runtime, model, DATA.test).accuracy, testAccuracy);
  const weights = { ...exportNetwork(model), weights: tensors };
  const accuracy = withModel(runtime.heap, weights, (last) => evaluate(runtime, last, DATA.test).accuracy);
  assert.ok(accuracy < testAccuracy, `${accuracy} % and ${testAccuracy} %`);
});
