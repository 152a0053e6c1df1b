/** @file Initialisers: seeded, and of the deviation that their papers ask for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heap } from '../../src/memory/heap.ts';
import {
  constant,
  kaimingNormal,
  kaimingUniform,
  parameter,
  uniform,
  xavierNormal,
  xavierUniform,
} from '../../src/nn/initialisers.ts';
import { Random } from '../../src/random/random.ts';

const heap = new Heap();

/** Within 3 %: of 90,000 values the deviation's own deviation is a quarter of a percent. */
function hasDeviation(values: ArrayLike<number>, expected: number): void {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length);
  assert.ok(Math.abs(deviation / expected - 1) < 0.03, `deviation ${deviation}, expected ${expected}`);
  assert.ok(Math.abs(mean) < 0.03 * expected, `mean ${mean}`);
}

test('deviations of a convolution: fan in 3 * 3 * 50, fan out 3 * 3 * 200', () => {
  const shape = [3, 3, 50, 200];
  const [ins, outs] = [450, 1800];
  const make = (initialiser: typeof kaimingNormal, gain: number): ArrayLike<number> =>
    parameter(heap, shape, initialiser(Random.seeded(5), gain)).data;
  hasDeviation(make(kaimingNormal, 2), 2 / Math.sqrt(ins));
  hasDeviation(make(kaimingUniform, 2), 2 / Math.sqrt(ins));
  hasDeviation(make(xavierNormal, 1), Math.sqrt(2 / (ins + outs)));
  hasDeviation(make(xavierUniform, 1), Math.sqrt(2 / (ins + outs)));
});

test('without a gain: sqrt(2) of He et al. for ReLU, 1 of Glorot and Bengio', () => {
  const shape = [300, 200];
  const make = (initialiser: typeof kaimingNormal): ArrayLike<number> =>
    parameter(heap, shape, initialiser(Random.seeded(6))).data;
  hasDeviation(make(kaimingNormal), Math.sqrt(2 / 300));
  hasDeviation(make(kaimingUniform), Math.sqrt(2 / 300));
  hasDeviation(make(xavierNormal), Math.sqrt(2 / 500));
  hasDeviation(make(xavierUniform), Math.sqrt(2 / 500));
});

test('the same seed gives the same values; parameters are trained', () => {
  const make = (seed: number) => parameter(heap, [4, 5], uniform(Random.seeded(seed)));
  assert.deepEqual([...make(1).data], [...make(1).data]);
  assert.notDeepEqual([...make(1).data], [...make(2).data]);
  assert.ok(make(1).needsGradient);
  assert.deepEqual([...parameter(heap, [2], constant(3)).data], [3, 3]);
});
