import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { learningRateAt } from '../../src/train/learning-rate.ts';

const schedules = fc
  .record({
    warmupSteps: fc.integer({ min: 0, max: 20 }),
    rest: fc.integer({ min: 1, max: 50 }),
    fall: fc.constantFrom('cosine' as const, 'linear' as const),
  })
  .map(({ warmupSteps, rest, fall }) => ({
    ...{ learningRate: 0.5, warmupSteps, totalSteps: warmupSteps + rest, fall },
  }));

test('the rate climbs in the warm-up, reaches its peak there, and only falls after it', () => {
  fc.assert(
    fc.property(schedules, (schedule) => {
      const { warmupSteps, totalSteps, learningRate } = schedule;
      const rates = Array.from({ length: totalSteps }, (_, step) => learningRateAt(schedule, step));
      assert.ok(rates.every((value) => value > 0 && value <= learningRate));
      for (let step = 1; step < totalSteps; step++) {
        if (step < warmupSteps) assert.ok(rates[step]! > rates[step - 1]!);
        if (step > warmupSteps) assert.ok(rates[step]! < rates[step - 1]!);
      }
      assert.equal(rates[warmupSteps], learningRate);
    }),
  );
});

test('half of the way down the cosine the rate is half of its peak', () => {
  assert.equal(
    Math.round(learningRateAt({ learningRate: 1, warmupSteps: 0, totalSteps: 10 }, 5) * 1e12) / 1e12,
    0.5,
  );
});

test('in a straight line every step takes as much off the rate, and the last one leaves as much', () => {
  const rates = [2, 3, 4, 5].map((step) =>
    learningRateAt({ learningRate: 1, warmupSteps: 2, totalSteps: 6, fall: 'linear' }, step),
  );
  assert.deepEqual(rates, [1, 0.75, 0.5, 0.25]);
});
