/** @file Where a step fires: the limits are float32 numbers, of neurons of one's own too. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { step } from '../../src/snn/step.ts';

/** The float32 number next to a positive one, towards 0. */
function below(value: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0]!--;
  return new Float32Array(bits.buffer)[0]!;
}

test('a neuron fires at fround(phi * theta), on both sides, and not one float32 number nearer to 0', () => {
  const cases = fc.record({
    theta: fc.float({ min: 0.125, max: 8, noNaN: true }),
    phi: fc.integer({ min: 1, max: 99 }).map((n) => n / 100),
  });
  fc.assert(
    fc.property(cases, ({ theta, phi }) => {
      const limit = Math.fround(phi * theta);
      const rule = { phiUp: phi, phiDown: phi };
      const fires = (m: number): number => step(0, m, theta, rule).s;
      const found = [limit, below(limit), -limit, -below(limit)].map(fires);
      assert.deepEqual(found, [1, 0, -1, 0]);
    }),
    { examples: [[{ theta: 1, phi: 0.7 }]] },
  );
});
