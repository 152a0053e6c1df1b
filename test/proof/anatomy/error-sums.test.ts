/** @file Statistics that are added up: of errors, and the correlation of two quantities. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Correlation } from '../../../src/proof/anatomy/correlation.ts';
import { ErrorSums } from '../../../src/proof/anatomy/error-sums.ts';

const integers = fc.array(fc.integer({ min: -64, max: 64 }), { minLength: 2, maxLength: 40 });

test('the mean is what the positive side has over the negative; the sides of -e are exchanged', () => {
  fc.assert(
    fc.property(integers, (values) => {
      const [there, back] = [new ErrorSums(4), new ErrorSums(4)];
      there.addAll(Float64Array.from(values, (k) => k / 16));
      back.addAll(Float64Array.from(values, (k) => -k / 16));
      const [a, b] = [there.statistics, back.statistics];
      assert.equal(a.mean, values.reduce((sum, k) => sum + k, 0) / 16 / values.length);
      assert.deepEqual(
        [a.positive, a.negative, a.rms, a.touched, a.mean],
        [b.negative, b.positive, b.rms, b.touched, 0 - b.mean],
      );
      assert.ok(a.rms >= Math.abs(a.mean) - 1e-12 && a.positive >= 0 && a.negative >= 0);
      assert.equal(a.touched, values.filter((k) => k !== 0).length / values.length);
    }),
  );
});

test('correlation: 1 with itself and any rising line, -1 with a falling one, 1 by definition with a constant', () => {
  fc.assert(
    fc.property(integers, fc.integer({ min: 1, max: 8 }), fc.integer(), (values, slope, shift) => {
      fc.pre(new Set(values).size > 1);
      const of = (line: (x: number) => number): number => {
        const correlation = new Correlation();
        correlation.addAll(values, values.map(line));
        return correlation.value;
      };
      const offset = shift % 100;
      assert.ok(Math.abs(of((x) => slope * x + offset) - 1) < 1e-9);
      assert.ok(Math.abs(of((x) => offset - slope * x) + 1) < 1e-9);
      assert.equal(
        of(() => offset),
        1,
      );
    }),
  );
});
