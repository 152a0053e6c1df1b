/** @file Energy is linear in what was counted, and the estimators cross where they say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { breakEven, estimateEnergy } from '../../src/energy/estimate-energy.ts';
import { ESTIMATORS, estimatorNamed } from '../../src/energy/estimators.ts';

const fp32 = estimatorNamed('horowitz-fp32');
const amount = fc.integer({ min: 0, max: 1e6 });
const near = (found: number, expected: number): void =>
  assert.ok(Math.abs(found - expected) <= 1e-12 * Math.abs(expected), `${found}, expected ${expected}`);

test('break-even: FP32 at 4.6 / 0.9 = 5.11 spikes per neuron, whatever the first layer costs', () => {
  assert.equal(breakEven(fp32)!.toFixed(2), '5.11');
  assert.deepEqual(
    ESTIMATORS.map((one) => breakEven(one)?.toFixed(2)),
    ['5.11', '7.67', '324.68', undefined, undefined],
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      amount,
      fc.integer({ min: 1, max: 1100 }),
      (mac, first, k) => {
        const spikes = k / 100; // per neuron; 5.11 < 46 / 9 < 5.12
        const none = { membraneUpdates: [0], constantAdds: [0] };
        const counts = { annMac: first + mac, snnMac: first, snnAc: [spikes * mac], ...none };
        const { annJoule, snnJoule } = estimateEnergy(fp32, counts);
        // what two sums of this size can lose to rounding decides nothing between 5.11 and 5.12
        fc.pre(mac * 0.001 > first * 1e-9);
        assert.equal(snnJoule[0]! < annJoule!, k <= 511);
      },
    ),
  );
});

test('energy is linear in operations; membrane updates and constant currents are apart, one addition each', () => {
  fc.assert(
    fc.property(amount, amount, amount, amount, amount, (annMac, snnMac, ac, updates, adds) => {
      const counts = { annMac, snnMac, snnAc: [ac], membraneUpdates: [updates], constantAdds: [adds] };
      const more = { ...counts, snnAc: [2 * ac], membraneUpdates: [2 * updates], constantAdds: [2 * adds] };
      for (const estimator of ESTIMATORS) {
        const [one, two] = [counts, more].map((each) => estimateEnergy(estimator, each));
        near(two!.snnJoule[0]!, one!.snnJoule[0]! + estimator.snnAc * ac);
        assert.equal(one!.annJoule, two!.annJoule);
        const add = estimator.membraneAdd;
        assert.deepEqual(one!.membraneJoule, add === null ? null : [add * updates]);
        assert.deepEqual(two!.constantJoule, add === null ? null : [add * 2 * adds]);
      }
      assert.equal(fp32.membraneAdd, 0.9e-12);
    }),
  );
});

test('every estimator names its source and its boundary; an unknown one is refused with the names', () => {
  for (const { source, boundary } of ESTIMATORS) assert.ok(source.length > 10 && boundary.length > 10);
  assert.throws(
    () => estimatorNamed('joule'),
    /^UsageError: energy: expected one of horowitz-fp32, .*found joule/,
  );
});
