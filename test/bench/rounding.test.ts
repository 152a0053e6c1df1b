/** @file Weights in float16: one of the two numbers beside each, by a seed, and the training images choose. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseRounding, DRAWS, roundWeights } from '../../bench/results/rounding.ts';
import { fromFloat16 } from '../../src/format/float16.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';

const runtime = createRuntime({ workers: 1 });
const architecture = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu', width: 0.25 });
const network = exportNetwork(createModel(runtime.heap, architecture, Random.seeded(1)));
runtime.close();
const NAME = 'conv1.weight';
const SIZE = network.weights.get(NAME)!.length;

/** Every finite number that float16 has, in order. */
const HALVES = Float64Array.from({ length: 2 ** 16 }, (_, bits) => fromFloat16(bits))
  .filter(Number.isFinite)
  .sort();

/** The network with these weights in its first layer, in turn. */
const withWeights = (values: readonly number[]) => ({
  ...network,
  weights: new Map(network.weights).set(
    NAME,
    Float32Array.from({ length: SIZE }, (_, i) => values[i % values.length]!),
  ),
});

test('each weight becomes one of the two numbers beside it, the nearer one without a draw; all else stays', () => {
  const finite = fc.float({ min: -60_000, max: 60_000, noNaN: true });
  const tiny = fc.float({ min: Math.fround(-(2 ** -13)), max: Math.fround(2 ** -13), noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(finite, tiny), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 20 }),
      (values, draw) => {
        const before = withWeights(values);
        const after = roundWeights(before, draw);
        const [from, to] = [before.weights.get(NAME)!, after.weights.get(NAME)!];
        for (const [i, value] of from.subarray(0, values.length).entries()) {
          const found = to[i]!;
          const above = HALVES.findIndex((half) => half >= value);
          const [low, high] = HALVES[above] === value ? [value, value] : [HALVES[above - 1]!, HALVES[above]!];
          assert.ok(found === low || found === high, `${value} became ${found}`);
          if (draw === 0) assert.ok(Math.abs(found - value) <= Math.min(value - low, high - value));
        }
        for (const [name, values] of before.weights) {
          if (!name.endsWith('.weight')) assert.equal(after.weights.get(name), values);
        }
      },
    ),
  );
});

test('a draw is the mean of what it rounds, and the same for the same seed', () => {
  const value = 1 + 2 ** -12; // a quarter of the way from 1 to the next number
  const big = withWeights([value]);
  let [sum, count] = [0, 0];
  for (let draw = 1; draw <= 40; draw++) {
    const weights = roundWeights(big, draw).weights.get(NAME)!;
    assert.deepEqual(roundWeights(big, draw).weights.get(NAME), weights);
    for (const weight of weights) sum += (weight - 1) * 1024;
    count += weights.length;
  }
  assert.ok(Math.abs(sum / count - 0.25) < 0.04, `${sum / count} of ${count}`);
});

test('the first rounding that costs no more than 0.05 points; else the best of all that were drawn', () => {
  const among = (...accuracies: readonly number[]) => {
    let asked = 0;
    const { draw, float16 } = chooseRounding(network, () => accuracies[asked++]!);
    return { draw, float16, asked };
  };
  assert.deepEqual(among(90, 89.95), { draw: 0, float16: 89.95, asked: 2 });
  assert.deepEqual(among(90, 89.9, 89.8, 90.1), { draw: 2, float16: 90.1, asked: 4 });
  const poor = Array.from({ length: DRAWS + 1 }, (_, draw) => (draw === 3 ? 89.9 : 89));
  assert.deepEqual(among(90, ...poor), { draw: 3, float16: 89.9, asked: DRAWS + 2 });
});
