/** @file The quantile that rivals' thresholds are: against numbers that NumPy gives, a definition of its own, and whole conversions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { observedThreshold } from '../../../src/convert/methods/observed-threshold.ts';
import { randomTrainedNetwork } from '../../support/random-network.ts';
import { randomCalibration } from '../calibration-set.ts';

const seen = (values: readonly number[]) => ({ activations: new Map([['a', values]]) });

test('numpy.quantile(range(1001), 0.999) = 999; of 0, 10 at 0.25: 2.5; the maximum at 1', () => {
  const range = Array.from({ length: 1001 }, (_, i) => (i * 8) % 1001);
  assert.equal(observedThreshold('a', seen(range))[0], 999);
  assert.equal(observedThreshold('a', seen([10, 0]), 0.25)[0], 2.5);
  assert.equal(observedThreshold('a', seen([3, 9, 1]), 1)[0], 9);
  assert.equal(observedThreshold('a', seen([5]))[0], 5);
});

/** The definition: the value at a place of the sorted list, between two neighbours in proportion. */
function quantile(values: readonly number[], share: number): number {
  const rank = share * (values.length - 1);
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
  return low * (1 - (rank % 1)) + high * (rank % 1);
}

test('any values, any share: the quantile of the definition, and it never falls when the share grows', () => {
  const values = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.integer({ min: 0, max: 64 }), (list, k) => {
      const share = k / 64;
      const found = observedThreshold('a', seen(list), share)[0]!;
      assert.ok(Math.abs(found - quantile(list, share)) <= 1e-5 * found, `${found}`);
      assert.ok(found <= observedThreshold('a', seen(list), Math.min(1, share + 1 / 64))[0]!);
    }),
  );
});

/** The share of activations that each method's paper, or our reading of it, lets through unclipped. */
const SHARES = [
  ['relu-max', 1],
  ['relu-percentile', 0.999],
  ['relu-memory', 0.999],
  ['relu-burst', 0.999],
  ['relu-calibrated', 0.999],
] as const;

for (const [method, share] of SHARES)
  test(`${method}: every threshold is the ${share} quantile of what its layer showed`, async () => {
    let layers = 0;
    for (let seed = 0; seed < 5; seed++) {
      const trained = randomTrainedNetwork(seed, { activation: 'relu', dyadic: false });
      const calibration = await randomCalibration(trained, 2, 4, seed);
      const shown = [...calibration.activations.values()].map((list) => Array.from(list));
      if (shown.some((list) => quantile(list, share) <= 0)) continue; // a silent layer is refused, see methods.test.ts
      for (const { name, theta } of convert(trained, { method, calibration }).snn.layers.slice(0, -1)) {
        const expected = quantile(Array.from(calibration.activations.get(name)!), share);
        assert.ok(Math.abs(theta[0]! - expected) <= 1e-6 * expected, `${name}: ${theta[0]}, ${expected}`);
        layers++;
      }
    }
    assert.ok(layers >= 3, `${layers} layers`);
  });
