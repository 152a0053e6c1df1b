/** @file Repeated measurements: mean, spread, interval, and the figures of a result. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { metricsOf, usualMetrics } from '../../../src/lab/sweep/metrics.ts';
import { repeated } from '../../../src/lab/sweep/statistics.ts';

test('shifted values shift the mean, scaled ones scale the spread, and one alone says nothing of spread', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 1, max: 8 }),
      (list, shift, scale) => {
        const before = repeated(list);
        const after = repeated(list.map((value) => scale * value + shift));
        const near = (a: number, b: number): void =>
          assert.ok(Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b)), `${a}, ${b}`);
        near(after.mean, scale * before.mean + shift);
        near(after.deviation!, scale * before.deviation!);
        near(after.reach!, scale * before.reach!);
      },
    ),
  );
  assert.deepEqual(repeated([7]), { count: 1, mean: 7, deviation: null, reach: null });
});

test('the interval of five values, by a table of Student', () => {
  // 1, 2, 3, 4, 5: sd = sqrt(2.5); t(0.975, 4) = 2.776
  const { deviation, reach } = repeated([1, 2, 3, 4, 5]);
  assert.equal(deviation, Math.sqrt(2.5));
  assert.ok(Math.abs(reach! - 2.776 * Math.sqrt(0.5)) < 1e-12);
});

test('every number of a result by its place, but what it was asked; broken laws are counted', () => {
  const metrics = metricsOf({
    command: 'verify',
    config: { limit: 3 },
    seconds: 9,
    machine: { cores: 2 },
    ann: { accuracy: 98, name: 'x' },
    snn: { accuracy: { 16: 97, 2: 90 } },
    laws: [
      { id: 'L1', holds: true },
      { id: 'L7', holds: false },
    ],
  });
  assert.deepEqual(metrics, {
    'ann.accuracy': 98,
    'snn.accuracy.16': 97,
    'snn.accuracy.2': 90,
    'laws.broken': 1,
  });
  assert.deepEqual(usualMetrics('simulate', Object.keys(metrics)), ['snn.accuracy.2', 'snn.accuracy.16']);
  assert.deepEqual(usualMetrics('verify', Object.keys(metrics)), ['ann.accuracy', 'laws.broken']);
});
